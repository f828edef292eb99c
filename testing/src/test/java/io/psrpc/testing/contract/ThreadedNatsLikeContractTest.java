package io.psrpc.testing.contract;

import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.NatsLikeBroker;

class ThreadedNatsLikeContractTest extends FakeBrokerContract {
    ThreadedNatsLikeContractTest() {
        super(new NatsLikeBroker(Dispatch.READERS));
    }
}
