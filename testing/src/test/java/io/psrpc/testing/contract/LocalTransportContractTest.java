package io.psrpc.testing.contract;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.LocalBroker;

class LocalTransportContractTest extends TransportContract {
    private final LocalBroker broker = LocalBroker.create();

    @Override
    protected BusTransport connect() {
        return broker.transport();
    }
}
