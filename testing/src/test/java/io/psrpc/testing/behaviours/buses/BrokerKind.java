package io.psrpc.testing.behaviours.buses;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.LocalBroker;
import io.psrpc.testing.ManualTime;
import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.FakeBroker;
import io.psrpc.testing.transports.NatsLikeBroker;
import io.psrpc.testing.transports.RedisLikeBroker;
import java.util.function.Supplier;

/** What carries the frames. */
enum BrokerKind {
    LOCAL("local"),
    REDIS_LIKE("redis-like"),
    NATS_LIKE("nats-like");

    private final String label;

    BrokerKind(String label) {
        this.label = label;
    }

    /** True: it shows what is published and subscribed, and has faults of its own. */
    boolean isFake() {
        return this != LOCAL;
    }

    FakeBroker fake(ManualTime time, Dispatch dispatch) {
        return this == NATS_LIKE ? new NatsLikeBroker(dispatch) : new RedisLikeBroker(time, dispatch);
    }

    static Supplier<BusTransport> local() {
        return LocalBroker.create()::transport;
    }

    @Override
    public String toString() {
        return label;
    }
}
