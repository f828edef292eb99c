package io.psrpc.internal.routing;

/** Gets a channel's envelopes on the reader's thread (or, for large ones, on the executor), in order. Never blocks, never throws. */
public interface ChannelListener {
    /**
     * An envelope has arrived.
     *
     * @return false: not taken, and for one of a group another listener is asked
     */
    boolean onEnvelope(Inbound inbound);

    /** One of a group that no listener of this bus has taken; asked of one of them. */
    default void onRefusedByAll(Inbound inbound) {}

    /**
     * One of a group, on an address that this listener's channel shares, for a channel that nobody in reach listens to. Asked of any
     * listener on the address, to answer for its service.
     */
    default void onNotServed(Inbound inbound) {}

    /** The connection was away: envelopes may be missing. */
    default void onGap() {}

    /** True: only keeps what it gets, however large, so there is no need to take it off the reader's thread. */
    default boolean keepsOnly() {
        return false;
    }
}
