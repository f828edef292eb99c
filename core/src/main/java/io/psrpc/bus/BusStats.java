package io.psrpc.bus;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot of a bus's counters since its start.
 *
 * @param published frames handed to the transport
 * @param received frames that the transport delivered
 * @param dropped frames or messages that were not acted upon, by reason; a reason without drops is absent
 * @param reconnects times the connection came back
 * @param subscriptions broker subscriptions held now
 * @param pendingPublishes frames that the transport has neither published nor failed yet
 * @param pendingPublishBytes their size in bytes
 * @param largestSkew the largest difference between a sender's clock and ours that a request showed, delivery time included
 * @param lastRoundTrip of the transport's last health check; empty where there was none
 */
public record BusStats(
        long published,
        long received,
        Map<DropReason, Long> dropped,
        long reconnects,
        int subscriptions,
        int pendingPublishes,
        long pendingPublishBytes,
        Duration largestSkew,
        Optional<Duration> lastRoundTrip) {
    /** Why something that arrived was not acted upon, or something to be sent was not. */
    public enum DropReason {
        /** Does not parse, or breaks a bound. */
        MALFORMED,
        /** An envelope of another type than its channel carries. */
        WRONG_TYPE,
        /** Compressed in a way that we do not know. */
        UNKNOWN_CODEC,
        /** Inflates to more than the limit. */
        TOO_LARGE,
        /** Nobody here waits for it any more: a late answer, a closed subscription. */
        NO_LISTENER,
        /** Its expiry had passed when it arrived, or when it was to start. */
        EXPIRED,
        /** Seen before. */
        DUPLICATE,
        /** A listener threw. */
        LISTENER_FAILED,
        /** A subscription's buffer was full. */
        BUFFER_FULL,
        /** More than a bound allows: requests, bids, answers, remembered ids. */
        OVER_LIMIT,
        /** The broker could not say whose it is. */
        LOCK_FAILED,
        /** For a method that nobody in reach serves. */
        NOT_SERVED
    }

    /** How often {@code reason} has occurred. */
    public long dropped(DropReason reason) {
        return dropped.getOrDefault(reason, 0L);
    }
}
