package io.psrpc;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a handler knows about the request that it serves. Made by the engine, or for tests by the testing kit; not meant to be
 * implemented. Safe for use from any thread.
 */
public interface RequestContext {
    /** The method that was called. */
    MethodInfo method();

    /** The topic that it was called for; {@link Topic#NONE} for methods without topics. */
    Topic topic();

    /** The request's id, which the caller's logs have too. */
    String requestId();

    /** The id of the client that sent it. */
    String callerId();

    /** When it was sent, by the caller's clock. */
    Instant sentAt();

    /** When the caller stops waiting, by the caller's clock, as it stands on the wire. */
    Instant deadline();

    /** The time left, by our clock: what deadlines are kept by. Zero when {@link #isDone()}. */
    Duration remaining();

    /** What the caller added to the request; unmodifiable. */
    Map<String, String> metadata();

    /** True: nobody waits for the answer, as the deadline has passed or the server was shut down. */
    boolean isDone();

    /**
     * Runs {@code action} once, on the bus's executor, when {@link #isDone()} becomes true; at once if it is.
     *
     * @return closing it forgets the action
     */
    Registration onDone(Runnable action);

    /** What an interceptor has put under {@code key}; empty if none has. */
    <T> Optional<T> get(Key<T> key);

    /** A copy that has {@code value} under {@code key}: how an interceptor hands something to the handler. */
    <T> RequestContext with(Key<T> key, T value);

    /**
     * The name of a value in a context. Told from other keys by identity: keep it in a constant.
     *
     * @param <T> the value's type
     */
    @SuppressWarnings("UnusedTypeParameter") // binds the type of the value
    final class Key<T> {
        private final String name;

        private Key(String name) {
            this.name = name;
        }

        /** A new key; the name is for messages. */
        public static <T> Key<T> named(String name) {
            return new Key<>(Objects.requireNonNull(name, "name"));
        }

        /** The name it was given. */
        public String name() {
            return name;
        }

        /** The name. */
        @Override
        public String toString() {
            return name;
        }
    }
}
