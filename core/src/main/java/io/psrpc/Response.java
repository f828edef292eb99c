package io.psrpc;

import io.psrpc.internal.ApiAccess;
import java.util.Objects;
import java.util.Optional;

/**
 * One server's answer to a multi call.
 *
 * @param <T> the answer's message
 */
public sealed interface Response<T> {
    /** The server that answered. */
    String serverId();

    /**
     * The message.
     *
     * @throws PsrpcException the server's error, if this is a {@link Failure}
     */
    T orThrow();

    /** The message; empty if this is a {@link Failure}. */
    Optional<T> value();

    /** The server's error; empty if this is a {@link Success}. */
    Optional<PsrpcException> error();

    /**
     * An answer with a message.
     *
     * @param <T> the answer's message
     * @param serverId the server that answered
     * @param message what it answered
     */
    record Success<T>(String serverId, T message) implements Response<T> {
        /** Checks that nothing is null. */
        public Success {
            Objects.requireNonNull(serverId, "serverId");
            Objects.requireNonNull(message, "message");
        }

        @Override
        public T orThrow() {
            return message;
        }

        @Override
        public Optional<T> value() {
            return Optional.of(message);
        }

        @Override
        public Optional<PsrpcException> error() {
            return Optional.empty();
        }
    }

    /**
     * An answer with an error, or one that could not be read ({@code MALFORMED_RESULT}).
     *
     * @param <T> the message that it would have had
     * @param serverId the server that answered
     * @param cause what it answered
     */
    record Failure<T>(String serverId, PsrpcException cause) implements Response<T> {
        /** Checks that nothing is null. */
        public Failure {
            Objects.requireNonNull(serverId, "serverId");
            Objects.requireNonNull(cause, "cause");
        }

        /** Throws a copy of the cause that has the caller's own stack. */
        @Override
        public T orThrow() {
            throw ApiAccess.get().rethrowable(cause);
        }

        @Override
        public Optional<T> value() {
            return Optional.empty();
        }

        @Override
        public Optional<PsrpcException> error() {
            return Optional.of(cause);
        }
    }
}
