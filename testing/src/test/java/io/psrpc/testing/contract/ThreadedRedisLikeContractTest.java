package io.psrpc.testing.contract;

import io.psrpc.testing.ManualTime;
import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.RedisLikeBroker;

class ThreadedRedisLikeContractTest extends FakeBrokerContract {
    ThreadedRedisLikeContractTest() {
        super(new RedisLikeBroker(new ManualTime(), Dispatch.READERS));
    }
}
