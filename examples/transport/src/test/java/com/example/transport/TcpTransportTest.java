package com.example.transport;

import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusTransport;
import io.psrpc.testing.contract.Outage;
import io.psrpc.testing.contract.TransportContract;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

@Rows("B19")
class TcpTransportTest extends TransportContract {
    private final TcpBroker broker = new TcpBroker();

    @AfterEach
    void stop() {
        broker.close();
    }

    @Override
    protected BusTransport connect() {
        return new TcpTransport(broker.address());
    }

    @Override
    protected Optional<Outage> outage() {
        return Optional.of(new Outage() {
            @Override
            public void begin() {
                broker.pause();
            }

            @Override
            public void end() {
                broker.resume();
            }
        });
    }

    /** The broker's connections, and the threads of the transports' ends of them. */
    @Override
    protected List<String> leftOpen() {
        if (broker.connections() > 0) {
            return List.of(broker.connections() + " connections at the broker");
        }
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("tcp " + broker.address().getPort()))
                .toList();
    }
}
