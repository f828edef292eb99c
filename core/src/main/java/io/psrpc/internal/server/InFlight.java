package io.psrpc.internal.server;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one method and topic from arrival to answer, so that its claim answers are heard for as long. */
final class InFlight {
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<@Nullable CompletableFuture<Void>> idle = new AtomicReference<>();

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0) {
            CompletableFuture<Void> waited = idle.get();
            if (waited != null) {
                waited.complete(null);
            }
        }
    }

    /** Done when there is none; to be asked when no more can come. */
    CompletableFuture<Void> whenIdle() {
        idle.compareAndSet(null, new CompletableFuture<>());
        CompletableFuture<Void> waiting = Objects.requireNonNull(idle.get());
        if (count.get() == 0) {
            waiting.complete(null);
        }
        return waiting;
    }
}
