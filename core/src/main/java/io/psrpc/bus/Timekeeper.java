package io.psrpc.bus;

import java.time.Duration;
import java.time.Instant;

/**
 * The one source of time of a bus: two clocks and a timer. The default is a timer wheel of the bus's own (1 ms ticks, one daemon
 * thread, started with the first task); the testing kit has one that is advanced by hand.
 */
public interface Timekeeper {
    /** Nanoseconds on a monotonic clock; only differences mean something. */
    long nanoTime();

    /** The wall clock, for what stands on the wire. */
    Instant now();

    /**
     * Runs {@code task} once, after {@code delay}, never early. Due tasks run one at a time on the timer's thread (with manual time: on
     * the thread that advances it), so a task must be short, must not block, and must not throw.
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** A task that has been scheduled. */
    @FunctionalInterface
    interface Cancellable {
        /** True: it will not run. False: it has run, is running, or was cancelled before. */
        boolean cancel();
    }
}
