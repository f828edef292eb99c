package io.psrpc.internal.subscription;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.Message;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.execution.Workers;
import io.psrpc.internal.wire.Envelope;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool.ManagedBlocker;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Takes what a buffer holds to a target, on an executor, one call at a time and in order. No thread is parked in between, and none is
 * held for longer than a batch.
 */
final class Pump<T extends Message> {
    static final int BATCH = 64;

    private final UpdateBuffer buffer;
    private final UpdateDecoder<T> decoder;
    private final PumpTarget<T> target;
    private final Executor callbacks;
    private final LossReport report;
    private final Condition quiet;

    /** A run has been handed to the executor and has not come to its end. */
    @GuardedBy("buffer.lock")
    private boolean isScheduled;

    /** Who calls the target right now. The maker of the pump does, until it has started it: nothing comes before the first call. */
    @GuardedBy("buffer.lock")
    private @Nullable Thread caller = Thread.currentThread();

    @GuardedBy("buffer.lock")
    private boolean isEnded;

    Pump(UpdateBuffer buffer, UpdateDecoder<T> decoder, PumpTarget<T> target, Executor callbacks, LossReport report) {
        this.buffer = buffer;
        this.decoder = decoder;
        this.target = target;
        this.callbacks = callbacks;
        this.report = report;
        quiet = buffer.lock.newCondition();
    }

    /** Makes the first call, on the thread that made the pump; then takes what comes. */
    void start(Runnable first) {
        buffer.onArrival(this::wake);
        call(first);
        leave();
        wake();
    }

    /** Has what can be taken now taken. Any thread, without the lock; does not block. */
    void wake() {
        buffer.lock.lock();
        try {
            if (isScheduled || caller != null || !isDue()) {
                return;
            }
            isScheduled = true;
        } finally {
            buffer.lock.unlock();
        }
        callbacks.execute(this::run);
    }

    /**
     * After the buffer was closed: returns when the last call has returned. That call, the end, is made here unless it was made already.
     * Within a call it returns at once, and on an engine thread, where users' code must not run; the end follows.
     */
    void finish() {
        if (EngineThread.isCurrent()) {
            wake();
            return;
        }
        Quiet wait = new Quiet();
        try {
            Workers.block(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            wake();
        }
        if (wait.isEndOurs) {
            call(() -> target.onEnd(null));
            leave();
        }
    }

    private void run() {
        Hop hop;
        do {
            for (int i = 0; i < BATCH; i++) {
                Object item = enter();
                if (item == null) {
                    return;
                }
                deliver(item);
                leave();
            }
            hop = new Hop(Thread.currentThread());
            callbacks.execute(hop);
        } while (hop.cameBackAtOnce());
    }

    private @Nullable Object enter() {
        buffer.lock.lock();
        try {
            Object item = caller == null && isDue() ? buffer.take() : null;
            if (item == null) {
                isScheduled = false;
                return null;
            }
            caller = Thread.currentThread();
            isEnded = item instanceof End;
            return item;
        } finally {
            buffer.lock.unlock();
        }
    }

    private void leave() {
        buffer.lock.lock();
        try {
            caller = null;
            quiet.signalAll();
        } finally {
            buffer.lock.unlock();
        }
    }

    @GuardedBy("buffer.lock")
    private boolean isDue() {
        return !isEnded && (buffer.isAtEnd() || (target.isReady() && buffer.hasNext()));
    }

    private void deliver(Object item) {
        if (item instanceof Envelope envelope) {
            call(() -> update(envelope));
        } else if (item instanceof End end) {
            call(() -> target.onEnd(end.failure()));
        } else if (item instanceof Notice notice) {
            notify(notice);
        }
    }

    private void update(Envelope envelope) {
        T update = decoder.decode(envelope);
        if (update == null) {
            target.onDropped(1);
        } else {
            target.onUpdate(update);
        }
    }

    private void notify(Notice notice) {
        if (notice.drops > 0) {
            call(() -> target.onDropped(notice.drops));
        }
        for (long i = 0; i < notice.gaps && !buffer.isOver(); i++) {
            call(target::onGap);
        }
    }

    /** Users' code may throw anything; it must not end the updates. */
    private void call(Runnable step) {
        try {
            step.run();
        } catch (Throwable failure) {
            report.listenerFailed(failure);
            target.onThrown(failure);
        }
    }

    /** The next batch, behind what else waits for the executor. One that runs it at once, in place, must not nest batches without end. */
    private final class Hop implements Runnable {
        private final Thread from;
        private boolean isSubmitted;
        private boolean isInPlace;

        Hop(Thread from) {
            this.from = from;
        }

        @Override
        public void run() {
            // The flags are only looked at by the thread that made the hop.
            if (Thread.currentThread() == from && !isSubmitted) {
                isInPlace = true;
            } else {
                Pump.this.run();
            }
        }

        boolean cameBackAtOnce() {
            isSubmitted = true;
            return isInPlace;
        }
    }

    /** Waits for the call in progress, and takes the last one upon itself where it has not been made. */
    private final class Quiet implements ManagedBlocker {
        private boolean isEndOurs;

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
                    quiet.await();
                }
                return true;
            } finally {
                buffer.lock.unlock();
            }
        }

        @GuardedBy("buffer.lock")
        private boolean isOver() {
            if (caller == null && !isEnded) {
                isEnded = true;
                caller = Thread.currentThread();
                isEndOurs = true;
            }
            return caller == null || caller == Thread.currentThread();
        }
    }
}
