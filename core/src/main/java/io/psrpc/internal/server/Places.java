package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.ErrorCode;
import io.psrpc.internal.routing.Listening;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Places on channels that end together. A registration may be taken back while it is being made: then none is added any more. */
final class Places {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    @GuardedBy("this")
    private final List<CompletableFuture<Listening>> taken = new ArrayList<>(2);

    @GuardedBy("this")
    private boolean isEnding;

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
        List<CompletableFuture<Listening>> ending;
        synchronized (this) {
            if (isEnding) {
                return ended;
            }
            isEnding = true;
            ending = List.copyOf(taken);
        }
        CompletableFuture.allOf(ending.stream().map(Places::end).toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> ended.complete(null));
        return ended;
    }

    private static CompletableFuture<Void> end(CompletableFuture<Listening> place) {
        return place.thenCompose(Listening::end).exceptionally(failure -> null);
    }
}
