package io.psrpc.internal.server;

import io.psrpc.ErrorCode;
import io.psrpc.internal.routing.Listening;
import io.psrpc.internal.routing.Routes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Places on channels that end together. A registration may be taken back while it is being made: then none is added any more. */
final class Places {
    private final Routes routes;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** Guarded by this object's monitor, as is the other; changes no more once they are ending. */
    private final List<CompletableFuture<Listening>> taken = new ArrayList<>(2);

    private boolean isEnding;

    Places(Routes routes) {
        this.routes = routes;
    }

    /** Listens to one more. Done when the broker has confirmed; {@code CANCELED} if they are ending. */
    CompletableFuture<Void> add(Supplier<CompletableFuture<Listening>> listen) {
        if (isEnding()) {
            return tooLate();
        }
        CompletableFuture<Listening> place = listen.get();
        synchronized (this) {
            if (!isEnding) {
                taken.add(place);
                return place.thenAccept(confirmed -> {});
            }
        }
        return end(place).thenCompose(done -> tooLate());
    }

    private static CompletableFuture<Void> tooLate() {
        return CompletableFuture.failedFuture(ErrorCode.CANCELED.error("registration is closed"));
    }

    private synchronized boolean isEnding() {
        return isEnding;
    }

    /** Done when what was on its way has come, and the broker has confirmed. */
    CompletableFuture<Void> end() {
        return end(routes, List.of(this));
    }

    /** Ends them all at once, so that each gets what was on its way by an address that only they are on. Done as {@link #end}. */
    static CompletableFuture<Void> end(Routes routes, Collection<Places> all) {
        List<Listening> confirmed = new ArrayList<>();
        List<CompletableFuture<Void>> rest = new ArrayList<>();
        List<Places> ending = all.stream().filter(Places::beginEnding).toList();
        for (Places places : ending) {
            for (CompletableFuture<Listening> place : places.taken) {
                if (place.isDone() && !place.isCompletedExceptionally()) {
                    confirmed.add(place.join());
                } else {
                    rest.add(end(place));
                }
            }
        }
        rest.add(routes.end(confirmed));
        CompletableFuture.allOf(rest.toArray(new CompletableFuture<?>[0]))
                .thenRun(() -> ending.forEach(places -> places.ended.complete(null)));
        return CompletableFuture.allOf(all.stream().map(places -> places.ended).toArray(CompletableFuture<?>[]::new));
    }

    /** True, once: from here on none is added. */
    private synchronized boolean beginEnding() {
        boolean isFirst = !isEnding;
        isEnding = true;
        return isFirst;
    }

    private static CompletableFuture<Void> end(CompletableFuture<Listening> place) {
        return place.thenCompose(Listening::end).exceptionally(failure -> null);
    }
}
