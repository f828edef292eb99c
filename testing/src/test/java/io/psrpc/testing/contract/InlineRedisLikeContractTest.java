package io.psrpc.testing.contract;

import io.psrpc.testing.ManualTime;
import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.RedisLikeBroker;

class InlineRedisLikeContractTest extends FakeBrokerContract {
    InlineRedisLikeContractTest() {
        super(new RedisLikeBroker(new ManualTime(), Dispatch.INLINE));
    }
}
