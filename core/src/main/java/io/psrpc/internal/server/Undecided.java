package io.psrpc.internal.server;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the requests of one method and topic from arrival until it is clear who runs them: claim answers are heard for as long. */
final class Undecided {
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<@Nullable CompletableFuture<Void>> none = new AtomicReference<>();

    void enter() {
        count.incrementAndGet();
    }

    void leave() {
        if (count.decrementAndGet() == 0) {
            CompletableFuture<Void> waited = none.get();
            if (waited != null) {
                waited.complete(null);
            }
        }
    }

    /** Done when there is none; to be asked when no more can come. */
    CompletableFuture<Void> whenNone() {
        none.compareAndSet(null, new CompletableFuture<>());
        CompletableFuture<Void> waiting = Objects.requireNonNull(none.get());
        if (count.get() == 0) {
            waiting.complete(null);
        }
        return waiting;
    }
}
