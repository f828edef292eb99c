package io.psrpc.internal.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;

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
            if (!reader.read(tag, this) && !in.skipField(tag)) {
                throw MalformedFrameException.malformed("end of a group that was not begun");
            }
        }
    }

    /** Reads a message within the message. */
    void embedded(FieldReader reader) throws IOException {
        int length = in.readRawVarint32();
        int outerEnd = in.pushLimit(length);
        // Groups may nest one level less deep in here, as for protobuf's own parser.
        int depth = in.setRecursionLimit(0);
        in.setRecursionLimit(depth - 1);
        fields(reader);
        in.setRecursionLimit(depth);
        in.popLimit(outerEnd);
    }

    /** How many bytes have been read so far. */
    int position() {
        return in.getTotalBytesRead();
    }

    Slice bytes() throws IOException {
        int length = in.readRawVarint32();
        int start = message.offset() + in.getTotalBytesRead();
        in.skipRawBytes(length);
        return length == 0 ? Slice.EMPTY : new Slice(message.array(), start, length);
    }

    /** Text that nobody may want as a string: checked, but not decoded. */
    Slice utf8() throws IOException {
        Slice text = bytes();
        if (!UnsafeByteOperations.unsafeWrap(text.array(), text.offset(), text.length())
                .isValidUtf8()) {
            throw MalformedFrameException.malformed("text is not UTF-8");
        }
        return text;
    }

    String text() throws IOException {
        return in.readStringRequireUtf8();
    }

    /** A short text; a long one is refused before it is decoded. */
    String id() throws IOException {
        Slice text = utf8();
        // A UTF-16 unit takes three bytes at most.
        if (text.length() <= 3 * WireLimits.MAX_ID_CHARACTERS) {
            String id = text.text();
            if (id.length() <= WireLimits.MAX_ID_CHARACTERS) {
                return id;
            }
        }
        throw MalformedFrameException.malformed("id: " + text.length() + " bytes (expected: <= "
                + WireLimits.MAX_ID_CHARACTERS + " characters)");
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
