package io.psrpc.internal.server;

import io.psrpc.internal.routing.Listening;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Places at the bus, confirmed or not yet, that end together. One that comes after the end ends with its confirmation. */
final class Places {
    private final List<CompletableFuture<Listening>> places = new CopyOnWriteArrayList<>();
    private final AtomicBoolean hasEnded = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    void add(CompletableFuture<Listening> place) {
        places.add(place);
        if (hasEnded.get()) {
            end(place);
        }
    }

    boolean hasEnded() {
        return hasEnded.get();
    }

    /** Done when the broker has confirmed those there are. */
    CompletableFuture<Void> confirmed() {
        return CompletableFuture.allOf(places.toArray(new CompletableFuture<?>[0]));
    }

    /** Done when what was on its way has come, and the broker has confirmed the ends. */
    CompletableFuture<Void> end() {
        if (hasEnded.compareAndSet(false, true)) {
            CompletableFuture<?>[] ends = places.stream().map(Places::end).toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(ends).thenRun(() -> ended.complete(null));
        }
        return ended;
    }

    private static CompletableFuture<Void> end(CompletableFuture<Listening> place) {
        return place.thenCompose(Listening::end).exceptionally(failure -> null);
    }
}
