package io.psrpc.internal.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;

/** Tells messages of a method's types from others, which raw types and interceptors let through. */
public final class MessageType {
    private MessageType() {}

    /**
     * Checks that {@code message} may stand where {@code prototype} does; what describes it may be another copy of the same type.
     *
     * @throws IllegalArgumentException naming both types
     */
    public static void check(Message message, Message prototype) {
        Descriptor type = message.getDescriptorForType();
        Descriptor expected = prototype.getDescriptorForType();
        if (type != expected && !type.getFullName().equals(expected.getFullName())) {
            throw new IllegalArgumentException(type.getFullName() + " (expected: " + expected.getFullName() + ")");
        }
    }
}
