package io.psrpc.internal.local;

import io.psrpc.bus.BusState;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.TransportHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** What a connection gets from its bus: an executor, and a clock that stands where it was put. */
final class FixedHost implements TransportHost, Timekeeper {
    final List<BusState> states = new ArrayList<>();
    volatile long nanos;
    private final Executor executor;

    FixedHost(Executor executor) {
        this.executor = executor;
    }

    @Override
    public Timekeeper time() {
        return this;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public void stateChanged(BusState state) {
        states.add(state);
    }

    @Override
    public void roundTrip(Duration took) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        throw new UnsupportedOperationException();
    }
}
