package io.psrpc;

import java.util.Arrays;
import java.util.IllegalFormatException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What kind of failure a {@link PsrpcException} is: the error codes of the wire. A string that is not listed reads as {@link #UNKNOWN}
 * and is kept in {@link PsrpcException#rawCode()}.
 */
public enum ErrorCode {
    /** The caller gave up, or the client, server or bus was closed. */
    CANCELED(503, 1),
    /** The server could not read the request. */
    MALFORMED_REQUEST(400, 3),
    /** The result could not be written, or the caller could not read it. */
    MALFORMED_RESULT(500, 13),
    /** The time was up; the request may have run all the same. */
    DEADLINE_EXCEEDED(503, 4),
    /** Nobody answered, or the bus is not connected. */
    UNAVAILABLE(503, 14),
    /** An error without a code, or with one that is not listed here. */
    UNKNOWN(500, 2),
    /** The request can never succeed as it is. */
    INVALID_ARGUMENT(400, 3),
    /** What was asked for does not exist. */
    NOT_FOUND(404, 5),
    /** No form of the answer that the caller accepts. */
    NOT_ACCEPTABLE(406, 2),
    /** What was to be made exists. */
    ALREADY_EXISTS(409, 6),
    /** The caller is known and may not do that. */
    PERMISSION_DENIED(403, 7),
    /** A limit is reached: too many requests, too large a frame, a full buffer. */
    RESOURCE_EXHAUSTED(429, 8),
    /** Not in this state; changing the state first would help, retrying alone would not. */
    FAILED_PRECONDITION(412, 9),
    /** Broken off, typically by a concurrent change. */
    ABORTED(409, 10),
    /** Beyond the valid range. */
    OUT_OF_RANGE(416, 11),
    /** The method is not implemented. */
    UNIMPLEMENTED(501, 12),
    /** A bug, or a crash of the handler. */
    INTERNAL(500, 13),
    /** Data is lost or damaged beyond repair. */
    DATA_LOSS(500, 15),
    /** The caller is not known. */
    UNAUTHENTICATED(401, 16),
    /** Well formed, and wrong in what it means. */
    UNPROCESSABLE_ENTITY(422, 2),
    /** A service behind the server failed. */
    UPSTREAM_SERVER_ERROR(502, 13),
    /** A service behind the server refused the server's request. */
    UPSTREAM_CLIENT_ERROR(424, 3);

    private static final Map<String, ErrorCode> BY_WIRE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ErrorCode::wire, Function.identity()));

    private final String wire = name().toLowerCase(Locale.ROOT);
    private final int httpStatus;
    private final int grpcStatus;

    ErrorCode(int httpStatus, int grpcStatus) {
        this.httpStatus = httpStatus;
        this.grpcStatus = grpcStatus;
    }

    /** The code that {@code wire} says; {@link #UNKNOWN} if it is not listed. */
    public static ErrorCode fromWire(String wire) {
        return BY_WIRE.getOrDefault(Objects.requireNonNull(wire, "wire"), UNKNOWN);
    }

    /** As it stands on the wire: {@code not_found}. */
    public String wire() {
        return wire;
    }

    /** The HTTP status that comes closest. */
    public int httpStatus() {
        return httpStatus;
    }

    /** The number of the gRPC status that comes closest. */
    public int grpcStatus() {
        return grpcStatus;
    }

    /**
     * An exception with this code, to be thrown.
     *
     * @param format the message; with arguments a format of {@link String#format(Locale, String, Object...)}, without them taken as it
     *     is. One that does not suit its arguments is followed by them: an error is no place for another one.
     */
    @SuppressWarnings("AnnotateFormatMethod") // without arguments the text is no format
    public PsrpcException error(String format, Object... args) {
        Objects.requireNonNull(format, "format");
        return new PsrpcException(this, args.length == 0 ? format : formatted(format, args));
    }

    private static String formatted(String format, Object... args) {
        try {
            return String.format(Locale.ROOT, format, args);
        } catch (IllegalFormatException e) {
            return format + " " + Arrays.toString(args);
        }
    }
}
