package io.psrpc.bus;

/**
 * Gets a subscription's frames, one at a time and in the broker's order. Never blocks, never throws: a transport may call it on its
 * reader thread.
 */
public interface FrameListener {
    /**
     * A frame has arrived.
     *
     * @param frame the listener's from now on; one that passes its turn leaves it as it came
     * @param turn the right to act on it, for a subscription of {@link BusTransport.Delivery#ONE_OF_GROUP}; otherwise {@link Turn#HELD}
     */
    void onFrame(byte[] frame, Turn turn);

    /**
     * The connection was lost and is back, and so is the subscription: frames of the time between are gone. Once per loss, to those who
     * were subscribed when it happened.
     */
    void onGap();
}
