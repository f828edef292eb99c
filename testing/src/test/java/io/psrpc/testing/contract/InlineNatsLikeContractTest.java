package io.psrpc.testing.contract;

import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.NatsLikeBroker;

class InlineNatsLikeContractTest extends FakeBrokerContract {
    InlineNatsLikeContractTest() {
        super(new NatsLikeBroker(Dispatch.INLINE));
    }
}
