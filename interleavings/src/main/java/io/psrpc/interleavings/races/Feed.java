package io.psrpc.interleavings.races;

import com.google.protobuf.StringValue;
import io.psrpc.internal.subscription.Updates;

/** Numbered updates of the channel that was subscribed to last, delivered one at a time, as a broker does. */
final class Feed {
    private final StillBus still;
    private final String address;
    private int updates;

    Feed(StillBus still) {
        this.still = still;
        address = still.transport.lastAddress();
    }

    synchronized void update() {
        StringValue update = StringValue.of(Integer.toString(updates++));
        still.deliver(address, still.writer.update("", update, Updates.NO_NONCE));
    }

    synchronized void gap() {
        still.transport.gap(address);
    }

    synchronized int updates() {
        return updates;
    }
}
