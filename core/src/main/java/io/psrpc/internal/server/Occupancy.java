package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** How many requests a server has taken and not finished: bids, waiting and running. Draining waits for it to become none. */
final class Occupancy {
    /** How an attempt to enter ends. */
    enum Entry {
        ENTERED,
        FULL,
        CLOSED
    }

    private final int max;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private int count;

    @GuardedBy("lock")
    private boolean closed;

    @GuardedBy("lock")
    private @Nullable CompletableFuture<Void> idle;

    Occupancy(int max) {
        this.max = max;
    }

    /** Whoever has entered must {@link #leave}. */
    Entry enter() {
        lock.lock();
        try {
            if (closed) {
                return Entry.CLOSED;
            }
            if (count >= max) {
                return Entry.FULL;
            }
            count++;
            return Entry.ENTERED;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        CompletableFuture<Void> waited;
        lock.lock();
        try {
            count--;
            waited = count == 0 ? idle : null;
        } finally {
            lock.unlock();
        }
        if (waited != null) {
            waited.complete(null);
        }
    }

    int count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Nobody enters any more. Done when the last one has left. */
    CompletableFuture<Void> close() {
        CompletableFuture<Void> waited;
        boolean isIdle;
        lock.lock();
        try {
            closed = true;
            if (idle == null) {
                idle = new CompletableFuture<>();
            }
            waited = idle;
            isIdle = count == 0;
        } finally {
            lock.unlock();
        }
        if (isIdle) {
            waited.complete(null);
        }
        return waited;
    }
}
