package io.psrpc.internal.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes a message's fields, and either counts their bytes or writes them, so that nested messages go into one array in
 * one pass. As everywhere in proto3 a field that has its default value is left out.
 */
final class FieldSink {
    private final @Nullable CodedOutputStream out;
    private int size;

    private FieldSink(@Nullable CodedOutputStream out) {
        this.out = out;
    }

    /** How many bytes {@code body} takes. */
    static int sizeOf(Body body) {
        FieldSink counter = new FieldSink(null);
        try {
            body.fieldsTo(counter);
        } catch (IOException e) {
            throw new UncheckedIOException("counting", e);
        }
        return counter.size;
    }

    /** {@code body} in an array of its {@code size}. */
    static byte[] write(Body body, int size) {
        byte[] bytes = new byte[size];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            body.fieldsTo(new FieldSink(out));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }

    void text(int field, String value) throws IOException {
        if (!value.isEmpty()) {
            anyText(field, value);
        }
    }

    /** A text that is there when it is empty, too. */
    void anyText(int field, String value) throws IOException {
        if (out == null) {
            size += CodedOutputStream.computeStringSize(field, value);
        } else {
            out.writeString(field, value);
        }
    }

    void int64(int field, long value) throws IOException {
        if (value == 0) {
            return;
        }
        if (out == null) {
            size += CodedOutputStream.computeInt64Size(field, value);
        } else {
            out.writeInt64(field, value);
        }
    }

    void uint32(int field, int value) throws IOException {
        if (value == 0) {
            return;
        }
        if (out == null) {
            size += CodedOutputStream.computeUInt32Size(field, value);
        } else {
            out.writeUInt32(field, value);
        }
    }

    void bool(int field, boolean value) throws IOException {
        uint32(field, value ? 1 : 0);
    }

    /** Only the bits of 0.0 are the default; -0.0 is written. */
    void float32(int field, float value) throws IOException {
        if (Float.floatToRawIntBits(value) == 0) {
            return;
        }
        if (out == null) {
            size += CodedOutputStream.computeFloatSize(field, value);
        } else {
            out.writeFloat(field, value);
        }
    }

    void bytes(int field, byte[] value) throws IOException {
        if (value.length != 0) {
            head(field, value.length);
            encoded(value);
        }
    }

    /** Fields that are encoded already. */
    void encoded(byte[] fields) throws IOException {
        if (out == null) {
            size += fields.length;
        } else {
            out.writeRawBytes(fields);
        }
    }

    /** A message within the message, there when it is empty, too. */
    void embedded(int field, Body body) throws IOException {
        embedded(field, body, sizeOf(body));
    }

    void embedded(int field, Body body, int bodySize) throws IOException {
        head(field, bodySize);
        if (out == null) {
            size += bodySize;
        } else {
            body.fieldsTo(this);
        }
    }

    /** The bytes of a user's message as a bytes field. */
    void bytes(int field, Message message) throws IOException {
        int length = sizeOf(message);
        if (length != 0) {
            head(field, length);
            message(message);
        }
    }

    /** A user's message without a field around it. */
    void message(Message message) {
        if (out == null) {
            size += sizeOf(message);
            return;
        }
        try {
            message.writeTo(out);
        } catch (IOException | RuntimeException e) {
            throw unserialisable(message, e);
        }
    }

    private static int sizeOf(Message message) {
        try {
            return message.getSerializedSize();
        } catch (RuntimeException e) {
            throw unserialisable(message, e);
        }
    }

    private static IllegalArgumentException unserialisable(Message message, Exception cause) {
        return new IllegalArgumentException(
                "payload: " + message.getDescriptorForType().getFullName() + " (expected: can be serialised)", cause);
    }

    private void head(int field, int length) throws IOException {
        if (out == null) {
            size += CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt32SizeNoTag(length);
        } else {
            out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(length);
        }
    }
}
