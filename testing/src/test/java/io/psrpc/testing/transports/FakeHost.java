package io.psrpc.testing.transports;

import io.psrpc.bus.BusState;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.TransportHost;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** A transport's host without a bus: notes what it is told. */
public final class FakeHost implements TransportHost {
    private final Timekeeper time;
    private final List<BusState.Status> states = new CopyOnWriteArrayList<>();

    /** A host with this time, and an executor that runs at once. */
    public FakeHost(Timekeeper time) {
        this.time = time;
    }

    /** The states that it was told, in order. */
    public List<BusState.Status> states() {
        return states;
    }

    @Override
    public Timekeeper time() {
        return time;
    }

    @Override
    public Executor executor() {
        return Runnable::run;
    }

    @Override
    public void stateChanged(BusState state) {
        states.add(state.status());
    }

    @Override
    public void roundTrip(Duration took) {}
}
