package io.psrpc.testing.contract;

import io.psrpc.bus.BusState;
import io.psrpc.bus.BusState.Status;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.TransportHost;
import io.psrpc.internal.time.TimerWheel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a bus is to one transport, without the bus: real time, threads of its own, and the states that it was told. */
final class ContractHost implements TransportHost, AutoCloseable {
    private final Witness witness;
    private final TimerWheel time = new TimerWheel();
    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "contract-host");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Status> states = new CopyOnWriteArrayList<>();

    ContractHost(Witness witness) {
        this.witness = witness;
    }

    @Override
    public Timekeeper time() {
        return time;
    }

    @Override
    public Executor executor() {
        return executor;
    }

    @Override
    public void stateChanged(BusState state) {
        states.add(state.status());
        witness.changed();
    }

    @Override
    public void roundTrip(Duration took) {
        if (took.isNegative()) {
            witness.violated("a round trip of " + took + " (expected: >= 0)");
        }
    }

    /** The states so far, in order. */
    List<Status> states() {
        return states;
    }

    @Override
    public void close() {
        time.close();
        executor.shutdown();
    }
}
