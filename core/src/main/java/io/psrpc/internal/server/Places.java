package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
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

    @GuardedBy("this")
    private final List<CompletableFuture<Listening>> taken = new ArrayList<>(2);

    @GuardedBy("this")
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
        List<Places> ending = new ArrayList<>();
        List<Listening> confirmed = new ArrayList<>();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (Places places : all) {
            if (places.beginEnding()) {
                ending.add(places);
                places.sort(confirmed, ends);
            }
        }
        ends.add(routes.end(confirmed));
        allOf(ends).thenRun(() -> ending.forEach(places -> places.ended.complete(null)));
        return allOf(all.stream().map(places -> places.ended).toList());
    }

    /** True, once: from here on none is added. */
    private synchronized boolean beginEnding() {
        boolean isFirst = !isEnding;
        isEnding = true;
        return isFirst;
    }

    /** Ends those that are not confirmed yet by themselves, when they are. */
    private synchronized void sort(List<Listening> confirmed, List<CompletableFuture<Void>> ends) {
        for (CompletableFuture<Listening> place : taken) {
            if (place.isDone() && !place.isCompletedExceptionally()) {
                confirmed.add(place.join());
            } else {
                ends.add(end(place));
            }
        }
    }

    private static CompletableFuture<Void> allOf(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]));
    }

    private static CompletableFuture<Void> end(CompletableFuture<Listening> place) {
        return place.thenCompose(Listening::end).exceptionally(failure -> null);
    }
}
