package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.time.Nanos;

/** A client that has sent requests: where it hears, and how its clock stands to ours. */
final class KnownClient {
    static final long UNKNOWN_AGE = Nanos.MAX;
    /** A smallest difference counts for one to two of these. */
    private static final long WINDOW_NANOS = 30_000_000_000L;

    private final Address responses;
    private final Address bids;

    @GuardedBy("this")
    private long windowStart;

    @GuardedBy("this")
    private long smallest = Nanos.MAX;

    @GuardedBy("this")
    private long smallestBefore = Nanos.MAX;

    KnownClient(Address responses, Address bids, long nowNanos) {
        this.responses = responses;
        this.bids = bids;
        this.windowStart = nowNanos;
    }

    Address responses() {
        return responses;
    }

    Address bids() {
        return bids;
    }

    /**
     * How long a request has been on its way, whatever the two clocks say: its difference between sending and arrival, less the smallest
     * one seen lately. Unknown for a first request, which may be late and would look fresh.
     *
     * @param difference our time of arrival less its time of sending
     */
    synchronized long ageOf(long difference, long nowNanos) {
        if (nowNanos - windowStart >= WINDOW_NANOS) {
            smallestBefore = nowNanos - windowStart >= 2 * WINDOW_NANOS ? Nanos.MAX : smallest;
            smallest = Nanos.MAX;
            windowStart = nowNanos;
        }
        long known = Math.min(smallest, smallestBefore);
        smallest = Math.min(smallest, difference);
        return known == Nanos.MAX ? UNKNOWN_AGE : Math.max(0, difference - known);
    }
}
