package io.psrpc.internal.routing;

import io.psrpc.bus.Turn;
import io.psrpc.internal.wire.Envelope;

/** A frame as it came, before it is known who gets it. */
@SuppressWarnings("ArrayRecordComponent") // arrivals are never compared
record Arrival(byte[] frame, Envelope envelope, Turn turn, long nanos, boolean handedOn) {
    Inbound toInbound(int processReceivers) {
        return new Inbound(frame, envelope, turn, processReceivers, nanos, handedOn);
    }
}
