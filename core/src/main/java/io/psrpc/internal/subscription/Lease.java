package io.psrpc.internal.subscription;

import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.execution.Workers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool.ManagedBlocker;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Gives a subscription back to the bus, once, whoever ends it and however often. */
final class Lease {
    private final Upstream upstream;
    private final LossReport report;
    private final AtomicBoolean released = new AtomicBoolean();
    private final CompletableFuture<Void> confirmed = new CompletableFuture<>();

    Lease(Upstream upstream, LossReport report) {
        this.upstream = upstream;
        this.report = report;
    }

    /** Returns at once. */
    void release() {
        if (!released.compareAndSet(false, true)) {
            return;
        }
        try {
            upstream.unsubscribe().whenComplete((done, failure) -> confirm(failure));
        } catch (RuntimeException e) {
            confirm(e);
        }
    }

    /** Returns when the broker has confirmed; at once on an engine thread, which confirms it perhaps, or if interrupted. */
    void releaseAndWait() {
        release();
        if (confirmed.isDone() || EngineThread.isCurrent()) {
            return;
        }
        try {
            Workers.block(new Confirmation(confirmed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void confirm(@Nullable Throwable failure) {
        if (failure != null) {
            report.unsubscribeFailed(failure);
        }
        confirmed.complete(null);
    }

    private record Confirmation(CompletableFuture<Void> confirmed) implements ManagedBlocker {
        @Override
        public boolean block() throws InterruptedException {
            try {
                confirmed.get();
            } catch (ExecutionException e) {
                throw new AssertionError("completed without a failure only", e);
            }
            return true;
        }

        @Override
        public boolean isReleasable() {
            return confirmed.isDone();
        }
    }
}
