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
        Optional<Duration> own = call.timeout().isPresent() ? call.timeout() : client.timeout();
        Optional<RequestContext> request = call.deadlineOf();
        if (request.isEmpty()) {
            return Nanos.of(own.orElse(DEFAULT));
        }
        long left = Nanos.of(request.get().remaining());
        if (left <= 0) {
            throw ErrorCode.DEADLINE_EXCEEDED.error(PendingCall.TIMED_OUT);
        }
        return own.isPresent() ? Math.min(Nanos.of(own.get()), left) : left;
    }
}
