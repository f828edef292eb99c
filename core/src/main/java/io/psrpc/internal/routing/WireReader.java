package io.psrpc.internal.routing;

import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.wire.MalformedFrameException;
import io.psrpc.internal.wire.Slice;
import org.jspecify.annotations.Nullable;

/** Reads what an envelope carries, and counts what cannot be read. */
public final class WireReader {
    private final DropCounter drops;
    private final int maxInflatedBytes;

    /** Drops what inflates to more than so many bytes. */
    public WireReader(DropCounter drops, int maxInflatedBytes) {
        this.drops = drops;
        this.maxInflatedBytes = maxInflatedBytes;
    }

    /** Reads one kind of message from its bytes. */
    @FunctionalInterface
    public interface Decoder<M> {
        /** The message; it may alias the bytes. */
        M decode(Slice value) throws MalformedFrameException;
    }

    /** What the envelope carries, or null when it is of another type or cannot be read: then it has been counted. */
    public <M> @Nullable M read(Inbound inbound, String type, Decoder<M> decoder, String channel) {
        if (!inbound.envelope().isType(type)) {
            drops.dropped(
                    DropReason.WRONG_TYPE,
                    channel + ": " + inbound.envelope().typeName() + " (expected: " + type + ")");
            return null;
        }
        try {
            return decoder.decode(inbound.envelope().value(maxInflatedBytes));
        } catch (MalformedFrameException e) {
            drops.dropped(e.reason(), channel + ": " + e.getMessage());
            return null;
        }
    }
}
