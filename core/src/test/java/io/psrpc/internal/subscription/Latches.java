package io.psrpc.internal.subscription;

import java.util.concurrent.CompletableFuture;

/** Stops a call in the middle. */
final class Latches {
    private final CompletableFuture<Void> entered = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    void entered() {
        entered.complete(null);
    }

    void awaitEntered() {
        entered.join();
    }

    void leave() {
        left.complete(null);
    }

    void awaitLeave() {
        left.join();
    }
}
