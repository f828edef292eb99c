package io.psrpc.internal.execution;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.Timekeeper;
import io.psrpc.internal.ApiAccess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** How a caller's thread waits for the engine. */
public final class Waiting {
    private Waiting() {}

    /**
     * Fails {@code FAILED_PRECONDITION} on one of the engine's own threads, which would wait for itself.
     *
     * @param what the call, for the message alone: nothing is made of it while all is well
     */
    public static void checkMayBlock(Object what) {
        if (EngineThread.isCurrent()) {
            throw ErrorCode.FAILED_PRECONDITION.error(
                    "%s: blocking call on an engine thread (expected: the async variant, or another thread; with the"
                            + " executor Runnable::run handlers and callbacks run on engine threads)",
                    what);
        }
    }

    /** The future's value; its failure, with the caller's own stack; {@code CANCELED} when interrupted. */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PsrpcException(ErrorCode.CANCELED, "interrupted while waiting", e);
        } catch (ExecutionException e) {
            throw ApiAccess.get().rethrowable(PsrpcException.from(e));
        }
    }

    /** The same, or {@code UNAVAILABLE} with {@code message} when it is not done in time. */
    public static <T> CompletableFuture<T> orUnavailable(
            CompletableFuture<T> future, Timekeeper time, Duration limit, Supplier<String> message) {
        if (future.isDone()) {
            return future;
        }
        CompletableFuture<T> bounded = future.copy();
        Timekeeper.Cancellable timer = time.schedule(
                limit, () -> bounded.completeExceptionally(ErrorCode.UNAVAILABLE.error("%s", message.get())));
        bounded.whenComplete((value, failure) -> timer.cancel());
        return bounded;
    }
}
