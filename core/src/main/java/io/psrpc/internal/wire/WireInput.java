package io.psrpc.internal.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Walks through one message field by field. Everything primitive is decoded by protobuf's own decoder, so that what it
 * refuses is refused here too; bytes come as slices of the frame.
 */
final class WireInput {
    private final Slice message;
    private final CodedInputStream in;

    private WireInput(Slice message) {
        this.message = message;
        in = CodedInputStream.newInstance(message.array(), message.offset(), message.length());
    }

    /** Hands every field of {@code message} to {@code reader}, and skips those that it does not know. */
    static void read(Slice message, FieldReader reader) throws MalformedFrameException {
        try {
            new WireInput(message).fields(reader);
        } catch (MalformedFrameException e) {
            throw e;
        } catch (IOException e) {
            throw MalformedFrameException.malformed(String.valueOf(e.getMessage()));
        }
    }

    private void fields(FieldReader reader) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!reader.read(tag, this)) {
                skip(tag);
            }
        }
    }

    /** Skips an unknown field as the generated classes do, who keep it: they read its numbers, which is less strict. */
    private void skip(int tag) throws IOException {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> in.readInt64();
            case WireFormat.WIRETYPE_START_GROUP -> skipGroup(WireFormat.getTagFieldNumber(tag));
            default -> {
                if (!in.skipField(tag)) {
                    throw MalformedFrameException.malformed("end of a group that was not begun");
                }
            }
        }
    }

    private void skipGroup(int number) throws IOException {
        int depth = descend();
        int tag = in.readTag();
        while (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_END_GROUP) {
            if (tag == 0) {
                throw MalformedFrameException.malformed("group without an end");
            }
            skip(tag);
            tag = in.readTag();
        }
        if (WireFormat.getTagFieldNumber(tag) != number) {
            throw MalformedFrameException.malformed("group ended by the end of another");
        }
        in.setRecursionLimit(depth);
    }

    /** Skips an unknown field as protobuf's decoder does it by itself. False: it is the end of a group. */
    boolean skipStrictly(int tag) throws IOException {
        return in.skipField(tag);
    }

    /** Reads a message within the message. */
    void embedded(FieldReader reader) throws IOException {
        int outerEnd = in.pushLimit(in.readRawVarint32());
        int depth = descend();
        fields(reader);
        in.setRecursionLimit(depth);
        in.popLimit(outerEnd);
    }

    /** What is inside may nest one level less deep. Returns the limit to go back to. */
    private int descend() throws IOException {
        int depth = in.setRecursionLimit(0);
        if (depth <= 0) {
            throw MalformedFrameException.malformed("nested too deep");
        }
        in.setRecursionLimit(depth - 1);
        return depth;
    }

    /** How many bytes have been read so far. */
    int position() {
        return in.getTotalBytesRead();
    }

    Slice bytes() throws IOException {
        int length = skipBytes();
        return length == 0 ? Slice.EMPTY : new Slice(message.array(), end() - length, length);
    }

    /** Text that nobody may want as a string: checked, but not decoded. */
    Slice utf8() throws IOException {
        int length = skipUtf8();
        return length == 0 ? Slice.EMPTY : new Slice(message.array(), end() - length, length);
    }

    private int skipBytes() throws IOException {
        int length = in.readRawVarint32();
        in.skipRawBytes(length);
        return length;
    }

    private int skipUtf8() throws IOException {
        int length = skipBytes();
        if (!UnsafeByteOperations.unsafeWrap(message.array(), end() - length, length)
                .isValidUtf8()) {
            throw MalformedFrameException.malformed("text is not UTF-8");
        }
        return length;
    }

    /** Where in the array the next field begins. */
    private int end() {
        return message.offset() + in.getTotalBytesRead();
    }

    String text() throws IOException {
        return in.readStringRequireUtf8();
    }

    /** A short text; a long one is refused before it is decoded. */
    String id() throws IOException {
        int length = skipUtf8();
        // A UTF-16 unit takes three bytes at most.
        if (length <= 3 * WireLimits.MAX_ID_CHARACTERS) {
            String id = new String(message.array(), end() - length, length, StandardCharsets.UTF_8);
            if (id.length() <= WireLimits.MAX_ID_CHARACTERS) {
                return id;
            }
        }
        throw MalformedFrameException.malformed(
                "id: " + length + " bytes (expected: <= " + WireLimits.MAX_ID_CHARACTERS + " characters)");
    }

    long int64() throws IOException {
        return in.readInt64();
    }

    int uint32() throws IOException {
        return in.readUInt32();
    }

    int enumNumber() throws IOException {
        return in.readEnum();
    }

    boolean bool() throws IOException {
        return in.readBool();
    }

    float float32() throws IOException {
        return in.readFloat();
    }
}
