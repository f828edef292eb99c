package io.psrpc.internal.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one method and topic from arrival to answer, so that its claim answers are heard for as long. */
final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private volatile @Nullable CompletableFuture<Void> idle;

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0) {
            CompletableFuture<Void> waited = idle;
            if (waited != null) {
                waited.complete(null);
            }
        }
    }

    /** Done when there is none; to be asked when no more can come. */
    CompletableFuture<Void> whenIdle() {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        idle = waiting;
        if (count.get() == 0) {
            waiting.complete(null);
        }
        return waiting;
    }
}
