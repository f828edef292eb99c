package io.psrpc.internal.subscription;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.wire.Envelope;
import io.psrpc.internal.wire.MalformedFrameException;
import io.psrpc.internal.wire.Slice;
import org.jspecify.annotations.Nullable;

/** Makes messages of envelopes, on the consumer's thread; what is none is counted and skipped. */
final class UpdateDecoder<T extends Message> {
    private static final int SHOWN_CHARACTERS = 200;

    private final String type;
    private final Parser<? extends Message> parser;
    private final int maxInflatedBytes;
    private final UpdateBuffer buffer;
    private final LossReport report;

    UpdateDecoder(T prototype, int maxInflatedBytes, UpdateBuffer buffer, LossReport report) {
        type = prototype.getDescriptorForType().getFullName();
        parser = prototype.getParserForType();
        this.maxInflatedBytes = maxInflatedBytes;
        this.buffer = buffer;
        this.report = report;
    }

    /** Null if it cannot be read. */
    @Nullable
    T decode(Envelope envelope) {
        if (!envelope.isType(type)) {
            return skip(DropReason.WRONG_TYPE, "type: " + envelope.typeName() + " (expected: " + type + ")");
        }
        try {
            return parse(envelope.value(maxInflatedBytes));
        } catch (MalformedFrameException e) {
            return skip(e.reason(), String.valueOf(e.getMessage()));
        } catch (InvalidProtocolBufferException e) {
            return skip(DropReason.MALFORMED, "no " + type);
        }
    }

    // The parser of a prototype makes messages of the prototype's type.
    @SuppressWarnings("unchecked")
    private T parse(Slice value) throws InvalidProtocolBufferException {
        return (T) parser.parseFrom(value.array(), value.offset(), value.length());
    }

    private @Nullable T skip(DropReason reason, String detail) {
        buffer.countUnreadable();
        boolean isLong = detail.length() > SHOWN_CHARACTERS;
        report.unreadable(reason, isLong ? detail.substring(0, SHOWN_CHARACTERS) + "…" : detail);
        return null;
    }
}
