package io.psrpc.testing.behaviours.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call under way, of either flavour. */
final class Call<R> {
    private static final long LIMIT_SECONDS = 30;

    private final CompletableFuture<R> result;
    private final Runnable canceling;

    Call(CompletableFuture<R> result, Runnable canceling) {
        this.result = result;
        this.canceling = canceling;
    }

    /** Interrupts the caller, or cancels the future. */
    void cancel() {
        canceling.run();
    }

    /** Waits for it. */
    R answer() {
        try {
            return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        } catch (TimeoutException e) {
            throw new AssertionError("answer: none within " + LIMIT_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw PsrpcException.from(e);
        }
    }

    /** Waits for it. */
    PsrpcException failure() {
        R answer;
        try {
            answer = answer();
        } catch (PsrpcException | CancellationException e) {
            return PsrpcException.from(e);
        }
        throw new AssertionError("answer: " + answer + " (expected: a failure)");
    }

    /** Waits for a failure of this code and message. */
    void failsWith(ErrorCode code, String message) {
        assertThat(failure()).hasMessage(message).returns(code, PsrpcException::code);
    }
}
