package io.psrpc.testing.contract;

import io.psrpc.bus.BusTransport;
import io.psrpc.testing.transports.FakeBroker;
import java.util.List;
import java.util.Optional;

/** The contract for the connections of a broker in memory. */
abstract class FakeBrokerContract extends TransportContract {
    private final FakeBroker broker;

    FakeBrokerContract(FakeBroker broker) {
        this.broker = broker;
    }

    @Override
    protected BusTransport connect() {
        return broker.connect();
    }

    @Override
    protected Optional<Outage> outage() {
        return Optional.of(outageOf(broker));
    }

    static Outage outageOf(FakeBroker broker) {
        return new Outage() {
            @Override
            public void begin() {
                broker.disconnectAll();
            }

            @Override
            public void end() {
                broker.reconnectAll();
            }
        };
    }

    @Override
    protected List<String> leftOpen() {
        return broker.subscribedAddresses();
    }
}
