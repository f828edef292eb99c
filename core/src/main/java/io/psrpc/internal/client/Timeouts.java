package io.psrpc.internal.client;

import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.RequestContext;
import io.psrpc.internal.time.Nanos;
import java.time.Duration;
import java.util.Optional;

/** How long a call may take. */
final class Timeouts {
    private static final Duration DEFAULT = Duration.ofSeconds(3);

    private Timeouts() {}

    /**
     * The call's own; else the lesser of the client's and what the caller has left; else the one of them that is set; else 3 s. Never
     * more than what the caller has left.
     */
    static long of(ClientOptions client, CallOptions call) {
        Optional<Duration> left = call.deadlineOf().map(RequestContext::remaining);
        long own =
                call.timeout().or(client::timeout).or(() -> left).map(Nanos::of).orElseGet(() -> Nanos.of(DEFAULT));
        long timeout = left.map(remaining -> Math.min(own, Nanos.of(remaining))).orElse(own);
        if (timeout <= 0) {
            throw ErrorCode.DEADLINE_EXCEEDED.error(PendingCall.TIMED_OUT);
        }
        return timeout;
    }
}
