package io.psrpc.bus;

/**
 * A bus inside this JVM: real frames, no broker, no thread but the bus's timer. A publisher's thread delivers, one frame at a time per
 * channel.
 */
public final class LocalMessageBus {
    private LocalMessageBus() {}

    /** A bus with default options. */
    public static MessageBus create() {
        return create(BusOptions.DEFAULT);
    }

    /** A bus of its own: two of them do not meet. See {@link LocalBroker} for several that do. */
    public static MessageBus create(BusOptions options) {
        return MessageBus.over(LocalBroker.create().transport(), options);
    }
}
