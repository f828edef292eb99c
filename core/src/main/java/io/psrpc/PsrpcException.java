package io.psrpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.psrpc.internal.ApiAccess;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one failure of calls, handlers, subscriptions and buses. A handler throws it to answer with a code, a message and details; a
 * caller gets those, and {@link #isFromPeer()} tells whether a server said so or this side did. Immutable but for its stack trace.
 */
public final class PsrpcException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Any[] NO_DETAILS = {};
    private static final Origin HERE = new Origin(false, null, null);

    static {
        ApiAccess.install(new Access());
    }

    private final ErrorCode code;
    private final String rawCode;
    private final Any[] details;
    private final Origin origin;

    /** An error of this side; without a message, the code's name stands in. */
    public PsrpcException(ErrorCode code, @Nullable String message) {
        this(code, message, null);
    }

    /** An error of this side; without a message, the code's name stands in. The cause never leaves the process. */
    public PsrpcException(ErrorCode code, @Nullable String message, @Nullable Throwable cause) {
        this(Objects.requireNonNull(code, "code"), code.wire(), message, cause, NO_DETAILS, HERE, true);
    }

    private PsrpcException(
            ErrorCode code,
            String rawCode,
            @Nullable String message,
            @Nullable Throwable cause,
            Any[] details,
            Origin origin,
            boolean stackTrace) {
        super(message == null ? rawCode : message, cause, true, stackTrace);
        this.code = code;
        this.rawCode = rawCode;
        this.details = details;
        this.origin = origin;
    }

    /**
     * An error with a code of one's own, which goes over the wire as it is. Where it is not listed in {@link ErrorCode}, {@link
     * #code()} is {@code UNKNOWN}. Empty means {@code unknown}.
     */
    public static PsrpcException ofRawCode(String rawCode, @Nullable String message) {
        return ofRawCode(rawCode, message, NO_DETAILS, HERE, true);
    }

    /**
     * Any failure as one of these: itself if it is one, else what a {@link CompletionException} or {@link ExecutionException} holds. A
     * {@link CancellationException} or {@link InterruptedException} becomes {@code CANCELED} (the interrupt flag is left alone),
     * anything else {@code UNKNOWN} with its message, and itself as the cause.
     */
    public static PsrpcException from(Throwable failure) {
        Throwable cause = unwrapped(Objects.requireNonNull(failure, "failure"));
        if (cause instanceof PsrpcException known) {
            return known;
        }
        if (cause instanceof CancellationException || cause instanceof InterruptedException) {
            return new PsrpcException(ErrorCode.CANCELED, "request canceled", cause);
        }
        String message = cause.getMessage();
        return new PsrpcException(
                ErrorCode.UNKNOWN, message == null ? cause.getClass().getName() : message, cause);
    }

    /** The code; {@code UNKNOWN} for one that is not listed. */
    public ErrorCode code() {
        return code;
    }

    /** The code as it stands on the wire, listed or not; never empty. */
    public String rawCode() {
        return rawCode;
    }

    /** What was attached, in order; unmodifiable. */
    public List<Any> details() {
        return List.of(details);
    }

    /**
     * The first detail of the prototype's type.
     *
     * @return empty if there is none, or if it cannot be read
     */
    public <T extends Message> Optional<T> detail(T prototype) {
        String type = Objects.requireNonNull(prototype, "prototype")
                .getDescriptorForType()
                .getFullName();
        for (Any detail : details) {
            String url = detail.getTypeUrl();
            if (url.substring(url.lastIndexOf('/') + 1).equals(type)) {
                return parsed(detail, prototype);
            }
        }
        return Optional.empty();
    }

    /** A copy with these details instead of its own. What is an {@link Any} is taken as it is, other messages are packed into one. */
    public PsrpcException withDetails(Message... details) {
        Any[] packed = new Any[details.length];
        for (int i = 0; i < details.length; i++) {
            Message detail = Objects.requireNonNull(details[i], "detail");
            packed[i] = detail instanceof Any any ? any : Any.pack(detail);
        }
        return new PsrpcException(code, rawCode, getMessage(), getCause(), packed, origin, true);
    }

    /** True: a server answered so. False: it came up on this side. */
    public boolean isFromPeer() {
        return origin.fromPeer;
    }

    /** The server that answered; empty if none did. */
    public Optional<String> serverId() {
        return Optional.ofNullable(origin.serverId);
    }

    /** The request that failed, as both sides log it; empty outside of requests. */
    public Optional<String> requestId() {
        return Optional.ofNullable(origin.requestId);
    }

    /** Class, code and message. */
    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message alone is what goes over the wire
    public String toString() {
        return getClass().getName() + ": " + rawCode + ": " + getMessage();
    }

    private static PsrpcException ofRawCode(
            String rawCode, @Nullable String message, Any[] details, Origin origin, boolean stackTrace) {
        ErrorCode code = ErrorCode.fromWire(Objects.requireNonNull(rawCode, "rawCode"));
        String kept = rawCode.isEmpty() ? code.wire() : rawCode;
        return new PsrpcException(code, kept, message, null, details, origin, stackTrace);
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable current = failure;
        while (current instanceof CompletionException || current instanceof ExecutionException) {
            Throwable cause = current.getCause();
            if (cause == null) {
                break;
            }
            current = cause;
        }
        return current;
    }

    // The parser of a prototype makes messages of the prototype's type.
    @SuppressWarnings("unchecked")
    private static <T extends Message> Optional<T> parsed(Any detail, T prototype) {
        try {
            return Optional.of((T) prototype.getParserForType().parseFrom(detail.getValue()));
        } catch (InvalidProtocolBufferException e) {
            return Optional.empty();
        }
    }

    private record Origin(
            boolean fromPeer,
            @Nullable String serverId,
            @Nullable String requestId) implements Serializable {}

    private static final class Access extends ApiAccess {
        @Override
        public PsrpcException fromPeer(
                String rawCode, String message, List<Any> details, String serverId, String requestId) {
            Origin peer = new Origin(true, serverId, requestId);
            return ofRawCode(rawCode, message, details.toArray(Any[]::new), peer, false);
        }

        @Override
        public PsrpcException local(
                ErrorCode code, String message, @Nullable Throwable cause, @Nullable String requestId) {
            Origin here = requestId == null ? HERE : new Origin(false, null, requestId);
            return new PsrpcException(code, code.wire(), message, cause, NO_DETAILS, here, false);
        }

        @Override
        public PsrpcException rethrowable(PsrpcException e) {
            return new PsrpcException(e.code, e.rawCode, e.getMessage(), e.getCause(), e.details, e.origin, true);
        }
    }
}
