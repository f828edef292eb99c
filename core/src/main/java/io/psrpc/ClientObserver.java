package io.psrpc;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sees what a client does, for metrics and traces, and changes nothing. Called inline on engine threads: must not block. What it throws
 * is logged and swallowed.
 */
public interface ClientObserver {
    /** A request is about to go out. Called where the call is made: by the caller, or by its last interceptor. */
    default void onRequest(ClientCall call) {}

    /**
     * A server was chosen. Not called where there was nothing to choose.
     *
     * @param bids how many servers had bid by then
     * @param wait since the request
     */
    default void onSelected(ClientCall call, String serverId, int bids, Duration wait) {}

    /**
     * The call ended. A multi call ends once, and well whatever its answers are.
     *
     * @param failure null on success
     * @param took since the request
     */
    default void onResponse(ClientCall call, @Nullable PsrpcException failure, Duration took) {}
}
