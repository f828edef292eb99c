package io.psrpc.internal.time;

import io.psrpc.bus.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The system's clocks and a timer of 1 ms ticks. Its one daemon thread starts with the first task, sleeps until the next task is due,
 * however many there are, and for good when there is none.
 *
 * <p>Whether the thread oversleeps is decided by two writes that are each followed by a read: a scheduler adds its task and then reads
 * {@link #wakeTick}; the thread writes {@link #wakeTick} and then looks at the wheel again. One of them sees the other.
 */
public final class TimerWheel implements Timekeeper, AutoCloseable {
    private static final long NANOS_PER_TICK = 1_000_000;
    private static final long MAX_DELAY_NANOS = Long.MAX_VALUE / 2;
    /** The thread is up, or about to be, and looks at the wheel again before it sleeps. */
    private static final long AWAKE = Long.MIN_VALUE;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final long startNanos = System.nanoTime();
    private final Wheel wheel = new Wheel();
    private final AtomicLong wakeTick = new AtomicLong(AWAKE);
    private final AtomicBoolean started = new AtomicBoolean();
    private final Thread thread;
    private volatile boolean closed;

    /** A timer with nothing on it, and no thread yet. */
    public TimerWheel() {
        thread = new Thread(null, this::run, "psrpc-timer-" + COUNT.incrementAndGet(), 0, false);
        thread.setDaemon(true);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    /** {@inheritDoc} A delay below zero is none; one of centuries is legal. After {@link #close} the task never runs. */
    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        long tick = dueTick(System.nanoTime() - startNanos, delayNanos(delay));
        TimerNode node = wheel.add(tick, task);
        if (tick < wakeTick.get()) {
            wake();
        } else if (!started.get() && !closed && started.compareAndSet(false, true)) {
            thread.start();
        }
        return node;
    }

    /** Tasks that neither ran nor were cancelled. */
    public int pending() {
        return wheel.size();
    }

    /** Ends the thread, at once unless it is running a task. Pending tasks never run. */
    @Override
    public void close() {
        closed = true;
        wheel.close();
        LockSupport.unpark(thread);
    }

    /** Rounded up: never early. */
    static long dueTick(long elapsedNanos, long delayNanos) {
        return (elapsedNanos + delayNanos + NANOS_PER_TICK - 1) / NANOS_PER_TICK;
    }

    /** At most 146 years, so that sums do not overflow. */
    static long delayNanos(Duration delay) {
        if (delay.isNegative()) {
            return 0;
        }
        return delay.toSeconds() >= MAX_DELAY_NANOS / 1_000_000_000 ? MAX_DELAY_NANOS : delay.toNanos();
    }

    private void wake() {
        wakeTick.set(AWAKE);
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            wakeTick.set(AWAKE);
            long elapsedNanos = System.nanoTime() - startNanos;
            wheel.expire(elapsedNanos / NANOS_PER_TICK);
            sleepUntil(wheel.earliest());
        }
    }

    private void sleepUntil(long tick) {
        wakeTick.set(tick);
        if (wheel.earliest() < tick || closed) {
            return;
        }
        if (tick == TimerBucket.EMPTY) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, tick * NANOS_PER_TICK - (System.nanoTime() - startNanos));
        }
        // A stray interrupt would make parking return at once for ever.
        Thread.interrupted();
    }
}
