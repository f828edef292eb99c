package io.psrpc.internal.wire;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import java.io.IOException;

/** User's messages, as the profiles carry them. */
final class Payload {
    private Payload() {}

    /**
     * Checks that {@code message} can be sent at all.
     *
     * @throws IllegalArgumentException naming the required fields that it misses
     */
    static void check(Message message) {
        if (!message.isInitialized()) {
            throw new IllegalArgumentException(
                    "payload: " + message.getDescriptorForType().getFullName()
                            + " without " + message.getInitializationErrorString()
                            + " (expected: all required fields)");
        }
    }

    /** As raw bytes, which leaves an empty message out. */
    static void writeRaw(FieldSink sink, int field, Message message, WireProfile profile) throws IOException {
        if (profile == WireProfile.CURRENT) {
            sink.bytes(field, message);
        }
    }

    /** In an {@code Any}, which is there for an empty message too. */
    static void writeAny(FieldSink sink, int field, Message message, WireProfile profile) throws IOException {
        if (profile == WireProfile.V0_1) {
            sink.embedded(field, any -> {
                any.text(Any.TYPE_URL_FIELD_NUMBER, TypeUrls.of(message));
                any.bytes(Any.VALUE_FIELD_NUMBER, message);
            });
        }
    }
}
