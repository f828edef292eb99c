package io.psrpc.internal.server;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.ServerOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What a client is told when a handler, an interceptor or an affinity function throws. Stack traces stay here. */
final class HandlerFailures {
    private static final System.Logger LOG = System.getLogger("io.psrpc.server");
    /** Of a crash and of what is masked: a client that is to be told nothing is not told which of them it was. */
    private static final String NOTHING_TOLD = "internal error";

    private final ServerOptions options;

    HandlerFailures(ServerOptions options) {
        this.options = options;
    }

    PsrpcException toAnswer(IncomingRequest request, Throwable thrown) {
        if (request.isInterruptedByShutdown(thrown)) {
            return new PsrpcException(ErrorCode.CANCELED, "server is closed", thrown);
        }
        Throwable failure = unwrapped(thrown);
        if (failure instanceof PsrpcException meant) {
            return meant;
        }
        Optional<PsrpcException> mapped = mapped(request, failure);
        if (mapped.isPresent()) {
            return mapped.get();
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "request " + request.message().requestId() + ": " + request.label() + " failed",
                failure);
        return options.errorMasking()
                ? new PsrpcException(ErrorCode.INTERNAL, NOTHING_TOLD, failure)
                : PsrpcException.from(failure);
    }

    /** Logs what no one expects to happen; an interceptor's crash, and one that a future has kept, are no other. */
    static PsrpcException crash(String requestId, Error crash) {
        LOG.log(System.Logger.Level.ERROR, "request " + requestId + ": the handler crashed", crash);
        return new PsrpcException(ErrorCode.INTERNAL, NOTHING_TOLD, crash);
    }

    /** What a future has kept, as it was. */
    static Throwable unwrapped(Throwable thrown) {
        Throwable failure = thrown;
        while ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }

    private Optional<PsrpcException> mapped(IncomingRequest request, Throwable failure) {
        try {
            return Objects.requireNonNull(
                    options.errorMapper().apply(failure), "errorMapper: null (expected: an Optional)");
        } catch (Throwable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request " + request.message().requestId() + ": the error mapper failed",
                    e);
            return Optional.empty();
        }
    }
}
