package io.psrpc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Rows("B04")
class EnvelopeTest {
    @ParameterizedTest
    @CsvSource({
        "type.googleapis.com/internal.Request, true",
        "example.com/a/b/internal.Request, true",
        "/internal.Request, true",
        "internal.Request, true",
        "'', false",
        "type.googleapis.com/internal.Response, false",
        "type.googleapis.com/internal.Request/, false",
        "type.googleapis.com/xinternal.Request, false",
        "type.googleapis.com/internal.request, false",
        "nternal.Request, false",
        "type.googleapis.com/ìnternal.Request, false"
    })
    void typeIsComparedByWhatFollowsTheLastSlash(String typeUrl, boolean isRequest) throws Exception {
        Envelope envelope = read(Msg.newBuilder().setTypeUrl(typeUrl));

        assertThat(envelope.isType(RequestMessage.TYPE)).isEqualTo(isRequest);
        assertThat(envelope.typeName().equals(RequestMessage.TYPE)).isEqualTo(isRequest);
    }

    @Test
    void emptyFrameIsAnEnvelopeOfNoType() throws Exception {
        Envelope envelope = Envelope.read(new byte[0]);

        assertThat(envelope).isEqualTo(new Envelope(Slice.EMPTY, Slice.EMPTY, "", 0));
        assertThat(envelope.isType(RequestMessage.TYPE)).isFalse();
        assertThat(envelope.typeName()).isEmpty();
        assertThat(envelope.value(0)).isEqualTo(Slice.EMPTY);
    }

    @Test
    void unknownFieldsAreIgnored() throws Exception {
        UnknownFieldSet.Field everything = UnknownFieldSet.Field.newBuilder()
                .addVarint(-1)
                .addFixed32(1)
                .addFixed64(1)
                .addLengthDelimited(ByteString.copyFromUtf8("x"))
                .addGroup(UnknownFieldSet.newBuilder()
                        .addField(
                                1,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build();
        Msg.Builder msg = Msg.newBuilder()
                .setTypeUrl("internal.Request")
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(5, everything)
                        .addField(536_870_911, everything)
                        .build());

        assertThat(read(msg)).isEqualTo(read(Msg.newBuilder().setTypeUrl("internal.Request")));
    }

    @Test
    void textThatIsNotUtf8IsRefused() {
        ByteString surrogate = ByteString.copyFrom(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        for (int field : new int[] {Msg.TYPE_URL_FIELD_NUMBER, Msg.CHANNEL_FIELD_NUMBER}) {
            byte[] frame = UnknownFieldSet.newBuilder()
                    .addField(
                            field,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(surrogate)
                                    .build())
                    .build()
                    .toByteArray();

            assertThat(refusal(frame).reason()).isEqualTo(DropReason.MALFORMED);
        }
    }

    @Test
    void valueIsNotCopied() throws Exception {
        byte[] frame = Msg.newBuilder()
                .setValue(ByteString.copyFromUtf8("value"))
                .build()
                .toByteArray();
        Envelope envelope = Envelope.read(frame);

        assertThat(envelope.carried().array()).isSameAs(frame);
        assertThat(envelope.value(0)).isSameAs(envelope.carried());
        assertThat(envelope.carried().toByteArray()).isEqualTo("value".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void frameCutShortIsRefusedOrShorter() throws Exception {
        byte[] frame = GoldenFrames.update("ProcessUpdate.REQ", GoldenFrames.PAYLOAD);
        for (int length = 0; length < frame.length; length++) {
            ProtobufOracle.checkEnvelope(Arrays.copyOf(frame, length));
        }
    }

    @Test
    @Rows("B20")
    void groupsMayNestAsDeepAsProtobufAllows() throws Exception {
        for (int depth : new int[] {1, 99, 100, 101, 100_000}) {
            byte[] groups = groups(depth);
            byte[] request = Request.newBuilder()
                    .setUnknownFields(embeddedIn(Request.REQUEST_FIELD_NUMBER, groups))
                    .build()
                    .toByteArray();
            byte[] metadata = Request.newBuilder()
                    .setUnknownFields(embeddedIn(Request.METADATA_FIELD_NUMBER, groups))
                    .build()
                    .toByteArray();

            ProtobufOracle.checkEnvelope(groups);
            ProtobufOracle.checkRequest(groups);
            ProtobufOracle.checkRequest(request);
            ProtobufOracle.checkRequest(metadata);
        }
        assertThat(Envelope.read(groups(100)).typeName()).isEmpty();
        assertThat(refusal(groups(101)).reason()).isEqualTo(DropReason.MALFORMED);
    }

    /** Group 20 in group 20 in … */
    private static byte[] groups(int depth) {
        byte[] bytes = new byte[4 * depth];
        for (int i = 0; i < depth; i++) {
            bytes[2 * i] = (byte) 0xa3;
            bytes[2 * i + 1] = 0x01;
            bytes[2 * (depth + i)] = (byte) 0xa4;
            bytes[2 * (depth + i) + 1] = 0x01;
        }
        return bytes;
    }

    private static UnknownFieldSet embeddedIn(int field, byte[] bytes) {
        return UnknownFieldSet.newBuilder()
                .addField(
                        field,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(bytes))
                                .build())
                .build();
    }

    private static MalformedFrameException refusal(byte[] frame) {
        MalformedFrameException refusal =
                catchThrowableOfType(MalformedFrameException.class, () -> Envelope.read(frame));
        assertThat(refusal).isNotNull().hasMessageNotContaining("null");
        assertThat(refusal.getStackTrace()).isEmpty();
        return refusal;
    }

    private static Envelope read(Msg.Builder msg) throws MalformedFrameException {
        return Envelope.read(msg.build().toByteArray());
    }
}
