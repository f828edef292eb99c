package io.psrpc;

import java.time.Duration;

/**
 * Sees what a server does, for metrics and traces, and changes nothing. Called inline on engine threads: must not block. What it throws
 * is logged and swallowed.
 */
public interface ServerObserver {
    /** A request came in, whatever becomes of it. */
    default void onReceived(MethodInfo method) {}

    /**
     * A request was dropped, as its deadline had passed when it came in.
     *
     * @param lateBy how long ago it had passed
     */
    default void onExpired(MethodInfo method, Duration lateBy) {}

    /**
     * It is known who serves a request for which servers bid.
     *
     * @param wait since the request came in
     */
    default void onClaim(MethodInfo method, ClaimOutcome outcome, Duration wait) {}

    /** How a claim ended. */
    enum ClaimOutcome {
        /** The client chose this server. */
        GRANTED,
        /** The client chose another server, or gave up. */
        LOST,
        /** The client chose nobody until the request's deadline. */
        TIMED_OUT,
        /** The request was served without asking, as it was this server's alone. */
        SKIPPED
    }
}
