package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a call ends. */
final class Outcome {
    private static final long PATIENCE_SECONDS = 30;

    private Outcome() {}

    /** What a call answers. */
    static String answerOf(CompletableFuture<StringValue> call) {
        return of(call).getValue();
    }

    /** What a future comes to, in time. */
    static <T> T of(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("future: " + e + " (expected: a value)", e);
        }
    }

    /** What a future fails with, in time. */
    static PsrpcException failureOf(CompletableFuture<?> future) {
        try {
            throw new AssertionError(
                    "future: " + future.get(PATIENCE_SECONDS, TimeUnit.SECONDS) + " (expected: a failure)");
        } catch (ExecutionException e) {
            return PsrpcException.from(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("future: " + e + " (expected: a failure)", e);
        }
    }

    /** That a future fails with exactly this. */
    static void assertFails(CompletableFuture<?> future, ErrorCode code, String message) {
        assertIs(failureOf(future), code, message);
    }

    static void assertIs(PsrpcException failure, ErrorCode code, String message) {
        assertThat(failure).hasMessage(message);
        assertThat(failure.code()).isEqualTo(code);
    }
}
