package io.psrpc.bus;

import java.time.Duration;
import java.util.concurrent.Executor;

/** What a bus offers to its transport. */
public interface TransportHost {
    /** The bus's time: not-after times are on its {@link Timekeeper#nanoTime()}. */
    Timekeeper time();

    /** For work that must not run on the broker client's threads. */
    Executor executor();

    /**
     * Tells the bus where the connection stands: {@link BusState.Status#DISCONNECTED} when it is lost, {@link BusState.Status#CONNECTED}
     * when it is back and every subscription with it. {@link BusState.Status#CLOSED} ends the bus.
     */
    void stateChanged(BusState state);

    /** Tells the bus how long a health check took, for {@link BusStats}. */
    void roundTrip(Duration took);
}
