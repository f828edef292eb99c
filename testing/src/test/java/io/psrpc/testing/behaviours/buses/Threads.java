package io.psrpc.testing.behaviours.buses;

import io.psrpc.PsrpcException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Threads of a test, and how long it waits for others before it gives up. */
final class Threads {
    static final long LIMIT_SECONDS = 30;

    private Threads() {}

    /** Runs on a thread of its own, which may block. */
    static <T> CompletableFuture<T> run(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        start(action, result);
        return result;
    }

    /** As {@link #run}, and returns when the thread waits for others, or has ended. */
    static <T> CompletableFuture<T> runUntilItWaits(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = start(action, result);
        await("the thread waits or has ended", () -> result.isDone() || thread.getState() == Thread.State.WAITING);
        return result;
    }

    private static <T> Thread start(Callable<T> action, CompletableFuture<T> result) {
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(action.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "test");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The future's value, or what it failed with. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw PsrpcException.from(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("future: not done (expected: done in time)", e);
        }
    }

    /** What the future fails with. */
    static PsrpcException failure(CompletableFuture<?> future) {
        return failure(() -> join(future));
    }

    /** What {@code action} fails with. */
    static PsrpcException failure(Runnable action) {
        try {
            action.run();
        } catch (PsrpcException e) {
            return e;
        }
        throw new AssertionError("nothing thrown (expected: a PsrpcException)");
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("latch: " + latch.getCount() + " (expected: 0)");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits for what other threads are about to do. */
    static void await(String what, BooleanSupplier isSo) {
        long start = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                throw new AssertionError("not so: " + what);
            }
            Thread.yield();
        }
    }
}
