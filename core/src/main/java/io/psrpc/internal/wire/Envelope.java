package io.psrpc.internal.wire;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;
import static com.google.protobuf.WireFormat.WIRETYPE_VARINT;

import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.wire.Compression;
import io.psrpc.wire.Msg;
import java.io.IOException;

/**
 * What every frame is: a message of some type, and where it goes. Read without copying, and without inflating.
 *
 * @param typeUrl names the type of the message; see {@link #isType}
 * @param carried the message as it came, possibly compressed; see {@link #value}
 * @param channel the routing key; empty where the frame carries none
 * @param compression the codec's number on the wire
 */
public record Envelope(Slice typeUrl, Slice carried, String channel, int compression) {
    /**
     * Reads a frame.
     *
     * @throws MalformedFrameException where protobuf could not parse it
     */
    public static Envelope read(byte[] frame) throws MalformedFrameException {
        Fields fields = new Fields();
        WireInput.read(Slice.of(frame), fields);
        return new Envelope(fields.typeUrl, fields.value, fields.channel, fields.compression);
    }

    /** Whether the message is of the type {@code fullName}, such as {@code internal.Request}. */
    public boolean isType(String fullName) {
        return TypeUrls.isType(typeUrl, fullName);
    }

    /** The full name of the message's type, for messages to people; {@link #isType} is quicker. */
    public String typeName() {
        return TypeUrls.typeName(typeUrl);
    }

    /** Whether {@link #value} has work to do. */
    public boolean isCompressed() {
        return compression != Compression.COMPRESSION_NONE_VALUE;
    }

    /**
     * The message's bytes, inflated where they came compressed.
     *
     * @param maxInflatedBytes how large they may get by that
     * @throws MalformedFrameException where the codec is not known ({@code UNKNOWN_CODEC}), the stream is broken ({@code
     *     MALFORMED}) or inflates to more ({@code TOO_LARGE})
     */
    public Slice value(int maxInflatedBytes) throws MalformedFrameException {
        return switch (compression) {
            case Compression.COMPRESSION_NONE_VALUE -> carried;
            case Compression.COMPRESSION_GZIP_VALUE -> Slice.of(Gzip.inflate(carried, maxInflatedBytes));
            default ->
                throw new MalformedFrameException(
                        DropReason.UNKNOWN_CODEC, "compression: " + compression + " (expected: 0 or 1)");
        };
    }

    private static final class Fields implements FieldReader {
        private static final int TYPE_URL = Msg.TYPE_URL_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int VALUE = Msg.VALUE_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int CHANNEL = Msg.CHANNEL_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int COMPRESSION = Msg.COMPRESSION_FIELD_NUMBER << 3 | WIRETYPE_VARINT;

        private Slice typeUrl = Slice.EMPTY;
        private Slice value = Slice.EMPTY;
        private String channel = "";
        private int compression;

        @Override
        public boolean read(int tag, WireInput in) throws IOException {
            switch (tag) {
                case TYPE_URL -> typeUrl = in.utf8();
                case VALUE -> value = in.bytes();
                case CHANNEL -> channel = in.text();
                case COMPRESSION -> compression = in.enumNumber();
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
