package io.psrpc.testing.behaviours.servers;

import io.psrpc.bus.Timekeeper;
import java.time.Duration;
import java.time.Instant;

/** A process's time, whose wall clock is wrong by so much. */
record SkewedTime(Timekeeper time, Duration ahead) implements Timekeeper {
    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public Instant now() {
        return time.now().plus(ahead);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return time.schedule(delay, task);
    }
}
