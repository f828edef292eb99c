package io.psrpc.bus;

import java.time.Instant;

/**
 * Where a bus stands with its broker.
 *
 * @param status connected or not
 * @param since when it became so, on this machine's clock
 * @param detail for people: the broker's address, the reason of a disconnection; may be empty
 */
public record BusState(Status status, Instant since, String detail) {
    /** The four states; {@link #CLOSED} is final. */
    public enum Status {
        /** Not connected yet. */
        CONNECTING,
        /** Frames go through. */
        CONNECTED,
        /** The connection is lost; the transport tries to get it back. */
        DISCONNECTED,
        /** Over: closed by its owner, or given up by the transport. */
        CLOSED
    }
}
