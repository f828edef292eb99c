package io.psrpc.internal.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests of one method and topic from arrival until it is clear who runs them: claim answers are heard for as long. */
final class Undecided {
    private static final int OVER = -1;

    /** {@link #OVER}: there is none, and none comes any more. */
    private final AtomicInteger count = new AtomicInteger();

    private final CompletableFuture<Void> none = new CompletableFuture<>();
    private volatile boolean isAsked;

    /** False: claim answers are not heard any more. Whoever has entered must {@link #leave}. */
    boolean enter() {
        return count.getAndUpdate(now -> now == OVER ? OVER : now + 1) != OVER;
    }

    void leave() {
        count.decrementAndGet();
        endIfNone();
    }

    /** Done when there is none, in the moment from which on nobody enters. */
    CompletableFuture<Void> whenNone() {
        isAsked = true;
        endIfNone();
        return none;
    }

    boolean isOver() {
        return count.get() == OVER;
    }

    private void endIfNone() {
        if (isAsked && count.compareAndSet(0, OVER)) {
            none.complete(null);
        }
    }
}
