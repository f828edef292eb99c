package io.psrpc.internal.routing;

import io.psrpc.bus.Turn;
import io.psrpc.internal.wire.Envelope;

/**
 * An envelope that has arrived for one channel.
 *
 * @param frame the envelope as it came, to be handed on
 * @param processReceivers how many listeners of this bus get it: what a server tells its clients, so that they can count
 * @param arrivalNanos when the frame came, on the bus's monotonic clock
 * @param handedOn it has come by way of another member of the group, and is not handed on again
 */
// An array in a record: arrivals are never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Inbound(
        byte[] frame, Envelope envelope, Turn turn, int processReceivers, long arrivalNanos, boolean handedOn) {
    /** Whether it is ours to act on without asking. */
    public boolean isHeld() {
        return turn == Turn.HELD;
    }
}
