package io.psrpc.internal.time;

import io.psrpc.bus.Timekeeper.Cancellable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A task, its tick, and its place in the bucket's list. Everything that changes is guarded by the bucket. */
final class TimerNode implements Cancellable {
    /** Where a node stands; {@link #OVER} is final. */
    enum State {
        /** In its bucket's list. */
        PENDING,
        /** Taken out of the list by the timer, not running yet. */
        DUE,
        /** The wheel was closed before its time came. */
        ABANDONED,
        /** Running, has run, or cancelled. */
        OVER
    }

    final long tick;
    private final TimerBucket bucket;
    private @Nullable Runnable task;
    private State state = State.ABANDONED;

    @Nullable
    TimerNode previous;

    @Nullable
    TimerNode next;

    TimerNode(TimerBucket bucket, long tick, Runnable task) {
        this.bucket = bucket;
        this.tick = tick;
        this.task = task;
    }

    void become(State newState) {
        state = newState;
        if (newState == State.OVER || newState == State.ABANDONED) {
            task = null;
        }
    }

    /** The task, for the one who may run it; null if it was cancelled in the last moment. */
    @Nullable
    Runnable takeDue() {
        synchronized (bucket) {
            if (state != State.DUE) {
                return null;
            }
            Runnable due = Objects.requireNonNull(task);
            become(State.OVER);
            return due;
        }
    }

    @Override
    public boolean cancel() {
        synchronized (bucket) {
            State before = state;
            if (before == State.PENDING) {
                bucket.unlink(this);
            }
            become(State.OVER);
            return before != State.OVER;
        }
    }
}
