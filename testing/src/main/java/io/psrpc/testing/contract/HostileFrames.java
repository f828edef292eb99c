package io.psrpc.testing.contract;

import com.google.protobuf.Int32Value;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import java.nio.charset.StandardCharsets;

/** Frames that no peer of good will writes; each character is a byte. */
final class HostileFrames {
    private static final String PREFIX = "type.googleapis.com/";
    private static final int UNKNOWN_FIELD = 4711;
    private static final int DEPTH = 1_000;

    private HostileFrames() {}

    /** An envelope with something else in it than its channel carries. */
    static String ofWrongType(String key) {
        return text(envelope(Int32Value.of(1), key).build().toByteArray());
    }

    /** The first half of a request. */
    static String truncated(String key) {
        String whole = text(envelope(Request.newBuilder().setRequestId("REQ_1").build(), key)
                .build()
                .toByteArray());
        return whole.substring(0, whole.length() / 2);
    }

    /** Groups inside groups. */
    static String nested(String key) {
        UnknownFieldSet fields = UnknownFieldSet.getDefaultInstance();
        for (int i = 0; i < DEPTH; i++) {
            UnknownFieldSet.Field group =
                    UnknownFieldSet.Field.newBuilder().addGroup(fields).build();
            fields = UnknownFieldSet.newBuilder().addField(UNKNOWN_FIELD, group).build();
        }
        return text(envelope(Request.getDefaultInstance(), key)
                .setUnknownFields(fields)
                .build()
                .toByteArray());
    }

    /** An id that is longer than any. */
    static String withEndlessId(String key) {
        Request request = Request.newBuilder().setRequestId("x".repeat(10_000)).build();
        return text(envelope(request, key).build().toByteArray());
    }

    private static Msg.Builder envelope(Message message, String key) {
        return Msg.newBuilder()
                .setTypeUrl(PREFIX + message.getDescriptorForType().getFullName())
                .setValue(message.toByteString())
                .setChannel(key);
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.ISO_8859_1);
    }
}
