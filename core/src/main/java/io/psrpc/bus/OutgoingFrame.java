package io.psrpc.bus;

/**
 * What a transport is given to send.
 *
 * @param address the broker's name of the channel, as {@link BusTransport#address} made it
 * @param bytes the frame; the transport's from now on
 * @param notAfterNanos on {@link Timekeeper#nanoTime()}: a frame that could not be handed over by then must not go out any more; it is
 *     too late when {@code nanoTime() - notAfterNanos > 0}, and {@link Long#MAX_VALUE} is never too late
 * @param wantsReceivers tell the listener if nobody is there
 */
// An array in a record: frames are never compared, and a copy per publish would be the cost.
@SuppressWarnings("ArrayRecordComponent")
public record OutgoingFrame(String address, byte[] bytes, long notAfterNanos, boolean wantsReceivers) {}
