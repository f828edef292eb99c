package io.psrpc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.DescriptorProtos.UninterpretedOption;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.behaviours.Rows;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Compression;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What we write is what protobuf's generated classes would write. */
class EnvelopeWriterTest {
    private static final int MESSAGES = 5_000;
    private static final EnvelopeWriter WRITER = new EnvelopeWriter(0);
    private static final StringValue LARGE = StringValue.of("psrpc ".repeat(400));

    private final RandomMessages random = new RandomMessages(20_261_102);

    @Test
    void requestsAreWrittenAsProtobufWritesThem() {
        for (int i = 0; i < MESSAGES; i++) {
            Message payload = BytesValue.of(random.bytes());
            WireProfile profile = random.flag() ? WireProfile.CURRENT : WireProfile.V0_1;
            Request.Builder request = Request.newBuilder()
                    .setRequestId(random.text())
                    .setClientId(random.text())
                    .setSentAt(random.number())
                    .setExpiry(random.number())
                    .setMulti(random.flag())
                    .setSkipClaim(random.flag())
                    .putAllMetadata(random.metadata());
            if (profile == WireProfile.CURRENT) {
                request.setRawRequest(payload.toByteString());
            } else {
                request.setRequest(Any.pack(payload));
            }
            String key = random.text();
            byte[] written = WRITER.request(
                    key,
                    request.getRequestId(),
                    request.getClientId(),
                    request.getSentAt(),
                    request.getExpiry(),
                    request.getMulti(),
                    request.getSkipClaim(),
                    request.getMetadataMap(),
                    payload,
                    profile);

            assertThat(written).isEqualTo(envelope(request.build(), key));
        }
    }

    @Test
    void responsesAreWrittenAsProtobufWritesThem() {
        for (int i = 0; i < MESSAGES; i++) {
            Message payload = BytesValue.of(random.bytes());
            WireProfile profile = random.flag() ? WireProfile.CURRENT : WireProfile.V0_1;
            int servers = 1 + random.below(300);
            Response.Builder response = response(servers);
            if (profile == WireProfile.CURRENT) {
                response.setRawResponse(payload.toByteString());
            } else {
                response.setResponse(Any.pack(payload));
            }
            byte[] written = WRITER.response(
                    response.getRequestId(), response.getServerId(), response.getSentAt(), payload, servers, profile);

            assertThat(written).isEqualTo(envelope(response.build(), ""));
        }
    }

    @Test
    void errorsAreWrittenAsProtobufWritesThem() {
        for (int i = 0; i < MESSAGES; i++) {
            int servers = 1 + random.below(300);
            Response response = response(servers)
                    .setError("e" + random.text())
                    .setCode(random.text())
                    .addAllErrorDetails(random.details())
                    .build();
            byte[] written = WRITER.error(
                    response.getRequestId(),
                    response.getServerId(),
                    response.getSentAt(),
                    response.getError(),
                    response.getCode(),
                    response.getErrorDetailsList(),
                    servers);

            assertThat(written).isEqualTo(envelope(response, ""));
        }
    }

    @Test
    void bidsAndGrantsAreWrittenAsProtobufWritesThem() {
        for (int i = 0; i < MESSAGES; i++) {
            int servers = 1 + random.below(300);
            ClaimRequest bid = ClaimRequest.newBuilder()
                    .setRequestId(random.text())
                    .setServerId(random.text())
                    .setAffinity(random.affinity())
                    .setHandling(random.flag())
                    .setProcessServers(servers == 1 ? 0 : servers)
                    .build();
            ClaimResponse grant = ClaimResponse.newBuilder()
                    .setRequestId(random.text())
                    .setServerId(random.text())
                    .build();
            String key = random.text();

            assertThat(WRITER.bid(bid.getRequestId(), bid.getServerId(), bid.getAffinity(), bid.getHandling(), servers))
                    .isEqualTo(envelope(bid, ""));
            assertThat(WRITER.grant(key, grant.getRequestId(), grant.getServerId()))
                    .isEqualTo(envelope(grant, key));
        }
    }

    @Test
    void grantMayNameNobody() throws Exception {
        Envelope envelope = Envelope.read(WRITER.grant("M.RCLAIM", "REQ_a", ""));

        assertThat(GrantMessage.read(envelope.carried())).isEqualTo(new GrantMessage("REQ_a", ""));
    }

    @Test
    @Rows("B09")
    void nonceMakesTwoEqualUpdatesTwoFrames() throws Exception {
        byte[] first = WRITER.update("M.REQ", LARGE, new byte[] {1});
        byte[] second = WRITER.update("M.REQ", LARGE, new byte[] {2});

        assertThat(first).isNotEqualTo(second);
        assertThat(Msg.parseFrom(first).getNonce()).isEqualTo(ByteString.copyFrom(new byte[] {1}));
        assertThat(Envelope.read(first)).isEqualTo(Envelope.read(second));
    }

    @Test
    @Rows("C13")
    void errorWithoutAMessageIsSentWithItsCodeAsOne() throws Exception {
        assertThat(error("", "not_found")).isEqualTo("not_found");
        assertThat(error("", "")).isEqualTo("unknown");
        assertThat(error("no", "not_found")).isEqualTo("no");
    }

    private static String error(String message, String code) throws MalformedFrameException {
        byte[] frame = WRITER.error("r", "s", 1, message, code, List.of(), 1);
        ResponseMessage response = ResponseMessage.read(Envelope.read(frame).carried());
        assertThat(response.isError()).isTrue();
        assertThat(response.code()).isEqualTo(code);
        return response.error();
    }

    @Test
    @Rows("B14")
    void largeValuesAreCompressedOnlyWhereThatIsSwitchedOn() throws Exception {
        Envelope plain = Envelope.read(response(WRITER, LARGE, WireProfile.CURRENT));
        Envelope packed = Envelope.read(response(new EnvelopeWriter(1_024), LARGE, WireProfile.CURRENT));

        assertThat(plain.compression()).isEqualTo(Compression.COMPRESSION_NONE_VALUE);
        assertThat(packed.compression()).isEqualTo(Compression.COMPRESSION_GZIP_VALUE);
        assertThat(packed.carried().length()).isLessThan(plain.carried().length());
        assertThat(packed.value(1 << 20)).isEqualTo(plain.value(0));
        assertThat(packed.isType(ResponseMessage.TYPE)).isTrue();
    }

    @Test
    @Rows("B14")
    void keyAndNonceOfACompressedFrameStayPlain() throws Exception {
        byte[] frame = new EnvelopeWriter(1).update("M.REQ", LARGE, new byte[] {7});

        assertThat(Envelope.read(frame).isCompressed()).isTrue();
        assertThat(Envelope.read(frame).channel()).isEqualTo("M.REQ");
        assertThat(Msg.parseFrom(frame).getNonce()).isEqualTo(ByteString.copyFrom(new byte[] {7}));
    }

    @Test
    @Rows("B14")
    void thresholdIsTheSmallestSizeThatIsCompressed() throws Exception {
        int size = LARGE.getSerializedSize();
        byte[] plain = WRITER.update("", LARGE, new byte[0]);

        assertThat(new EnvelopeWriter(size + 1).update("", LARGE, new byte[0])).isEqualTo(plain);
        assertThat(Envelope.read(new EnvelopeWriter(size).update("", LARGE, new byte[0]))
                        .isCompressed())
                .isTrue();
    }

    @Test
    @Rows("B14")
    void whatDoesNotGetSmallerStaysAsItIs() {
        StringValue small = StringValue.of("0123456789");

        assertThat(new EnvelopeWriter(1).update("k", small, new byte[0]))
                .isEqualTo(WRITER.update("k", small, new byte[0]));
    }

    @Test
    void firstGenerationIsNeverSentCompressedFrames() {
        assertThat(response(new EnvelopeWriter(1), LARGE, WireProfile.V0_1))
                .isEqualTo(response(WRITER, LARGE, WireProfile.V0_1));
    }

    @Test
    void payloadWithoutItsRequiredFieldsIsNotSent() {
        Message partial =
                UninterpretedOption.NamePart.newBuilder().setNamePart("x").buildPartial();

        assertThatThrownBy(() -> response(WRITER, partial, WireProfile.CURRENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload: google.protobuf.UninterpretedOption.NamePart without is_extension"
                        + " (expected: all required fields)");
        assertThatThrownBy(() -> WRITER.update("", partial, new byte[0])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WRITER.request("", "r", "c", 1, 2, false, false, Map.of(), partial, WireProfile.V0_1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void negativeThresholdIsRefused() {
        assertThatThrownBy(() -> new EnvelopeWriter(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("compressAbove: -1 (expected: >= 0)");
    }

    private static byte[] response(EnvelopeWriter writer, Message payload, WireProfile profile) {
        return writer.response("REQ_a", "SRV_a", 1, payload, 1, profile);
    }

    private Response.Builder response(int servers) {
        return Response.newBuilder()
                .setRequestId(random.text())
                .setServerId(random.text())
                .setSentAt(random.number())
                .setProcessServers(servers == 1 ? 0 : servers);
    }

    private static byte[] envelope(Message message, String key) {
        return Msg.newBuilder()
                .setTypeUrl(
                        "type.googleapis.com/" + message.getDescriptorForType().getFullName())
                .setValue(message.toByteString())
                .setChannel(key)
                .build()
                .toByteArray();
    }
}
