package io.psrpc.internal.subscription;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.Timekeeper.Cancellable;
import io.psrpc.internal.execution.Workers;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool.ManagedBlocker;
import org.jspecify.annotations.Nullable;

/** A reader that takes what comes, for as long as it wants to wait. Used by one thread; the timer expires it. */
final class Arrival implements ManagedBlocker, AutoCloseable {
    /** A longer wait has no end: it may not fit into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final UpdateBuffer buffer;
    private final Timekeeper time;
    private final @Nullable Duration wait;
    private @Nullable Cancellable timer;

    private @Nullable Object item;

    @GuardedBy("buffer.lock")
    private boolean isExpired;

    /** Waits for ever if {@code wait} is null, and not at all if it is not positive. */
    Arrival(UpdateBuffer buffer, Timekeeper time, @Nullable Duration wait) {
        this.buffer = buffer;
        this.time = time;
        this.wait = wait;
        isExpired = wait != null && (wait.isZero() || wait.isNegative());
    }

    /**
     * The next envelope or end; null if there was none in time, all calls together.
     *
     * @throws PsrpcException {@code CANCELED} if interrupted while it waited
     */
    @Nullable
    Object next() {
        item = null;
        if (!isReleasable()) {
            park();
        }
        return item;
    }

    @Override
    public boolean isReleasable() {
        buffer.lock.lock();
        try {
            return isOver();
        } finally {
            buffer.lock.unlock();
        }
    }

    @Override
    public boolean block() throws InterruptedException {
        buffer.lock.lock();
        try {
            while (!isOver()) {
                buffer.arrived.await();
            }
            return true;
        } finally {
            buffer.lock.unlock();
        }
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void park() {
        if (timer == null && wait != null && wait.compareTo(LONGEST) <= 0) {
            timer = time.schedule(wait, this::expire);
        }
        try {
            Workers.block(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            if (item == null) {
                throw new PsrpcException(ErrorCode.CANCELED, "interrupted while waiting for an update", e);
            }
        }
    }

    @GuardedBy("buffer.lock")
    private boolean isOver() {
        if (item == null) {
            item = buffer.take();
        }
        return item != null || isExpired;
    }

    private void expire() {
        buffer.lock.lock();
        try {
            isExpired = true;
            buffer.arrived.signal();
        } finally {
            buffer.lock.unlock();
        }
    }
}
