package io.psrpc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.wire.WireVectors.Frame;
import io.psrpc.wire.Compression;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Stream;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every frame of {@code wire-vectors.txt} is read; every one that we could send is written, to the same bytes. */
class FrameVectorsTest {
    private static final WireVectors VECTORS = WireVectors.load();
    private static final int MAX_INFLATED = 1 << 20;

    /** Only v0.2.9 and v0.2.10 send both forms of a payload. */
    private static final Set<String> NEVER_WRITTEN = Set.of("Request v0.2.9/0.2.10 style (Any and raw)");

    static java.util.stream.Stream<Frame> frames() {
        return VECTORS.frames().stream();
    }

    static java.util.stream.Stream<Frame> writtenFrames() {
        return frames().filter(frame -> !frame.isDecodeOnly()
                && !NEVER_WRITTEN.contains(frame.title())
                && !GoldenFrames.streams().containsKey(frame.title()));
    }

    @Test
    void noFrameIsForgotten() {
        assertThat(VECTORS.frames()).hasSize(55);
        assertThat(writtenFrames().map(Frame::title))
                .containsExactlyInAnyOrderElementsOf(GoldenFrames.written().keySet());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frameIsTheOneThatPeersLock(Frame frame) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(frame.bytes());

        assertThat(frame.bytes()).hasSize(frame.length());
        assertThat(Base64.getEncoder().encodeToString(hash))
                .isEqualTo(frame.facts().get("redis queue lock key"));
    }

    @ParameterizedTest
    @MethodSource("writtenFrames")
    void frameIsWrittenAsPeersWriteIt(Frame frame) {
        byte[] written = Objects.requireNonNull(GoldenFrames.written().get(frame.title()));

        assertThat(HexFormat.of().formatHex(written)).isEqualTo(frame.facts().get("hex"));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void frameIsReadAsProtobufReadsIt(Frame frame) throws Exception {
        ProtobufOracle.checkEnvelope(frame.bytes());
        Envelope envelope = Envelope.read(frame.bytes());
        if (frame.facts().containsKey("go error")) {
            assertThatThrownBy(() -> envelope.value(MAX_INFLATED)).isInstanceOf(MalformedFrameException.class);
            return;
        }
        byte[] value = envelope.value(MAX_INFLATED).toByteArray();
        switch (envelope.typeName()) {
            case "internal.Stream" ->
                assertThat(Stream.parseFrom(value).getStreamId()).isEqualTo("STR_abcdefghijkl");
            case "google.protobuf.Empty" -> assertThat(Empty.parseFrom(value)).isEqualTo(Empty.getDefaultInstance());
            case "google.protobuf.StringValue" ->
                assertThat(StringValue.parseFrom(value).getValue()).matches("hi|(psrpc )+");
            default -> ProtobufOracle.checkByType(envelope.typeName(), value);
        }
    }

    static java.util.stream.Stream<Frame> compressedFrames() {
        return frames().filter(frame -> frame.facts().containsKey("inflated value len"));
    }

    @ParameterizedTest
    @Rows("B14")
    @MethodSource("compressedFrames")
    void compressedFrameInflatesToWhatThePeerWrote(Frame frame) throws Exception {
        String[] lengthAndHash =
                Objects.requireNonNull(frame.facts().get("inflated value len")).split(" sha256=", 2);
        Envelope envelope = Envelope.read(frame.bytes());
        int length = Integer.parseInt(lengthAndHash[0]);
        byte[] value = envelope.value(length).toByteArray();

        assertThat(envelope.isCompressed()).isTrue();
        assertThat(value).hasSize(length);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value)))
                .isEqualTo(lengthAndHash[1]);
        String hex = frame.facts().get("inflated value hex");
        if (hex != null) {
            assertThat(HexFormat.of().formatHex(value)).isEqualTo(hex);
        }
        assertThatThrownBy(() -> envelope.value(length - 1))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e.reason()).isEqualTo(DropReason.TOO_LARGE));
    }

    @Test
    @Rows("B14")
    void routingKeyOfACompressedFrameIsReadWithoutInflating() throws Exception {
        assertThat(envelope("Request gzip, channel NormalRPC.REQ (decode-only)").channel())
                .isEqualTo("NormalRPC.REQ");
        assertThat(envelope("Stream message gzip, channel ExchangeUpdates.STR (decode-only)")
                        .channel())
                .isEqualTo("ExchangeUpdates.STR");
        assertThat(envelope("Subscription update StringValue gzip, channel ProcessUpdate.REQ (decode-only)")
                        .channel())
                .isEqualTo("ProcessUpdate.REQ");
    }

    @Test
    @Rows("B14")
    void brokenAndUnknownCompressionIsToldApart() throws Exception {
        assertThatThrownBy(() -> envelope("Response gzip cut short (decode-only, dropped)")
                        .value(MAX_INFLATED))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e.reason()).isEqualTo(DropReason.MALFORMED));
        assertThatThrownBy(() ->
                        envelope("Unknown compression 2 (decode-only, dropped)").value(MAX_INFLATED))
                .isInstanceOfSatisfying(
                        MalformedFrameException.class,
                        e -> assertThat(e.reason()).isEqualTo(DropReason.UNKNOWN_CODEC));
    }

    @Test
    void typeIsWhatFollowsTheLastSlash() throws Exception {
        Envelope envelope = envelope("ClaimResponse with another type URL prefix (decode-only, accepted)");

        assertThat(envelope.isType(GrantMessage.TYPE)).isTrue();
        assertThat(GrantMessage.read(envelope.carried()))
                .isEqualTo(new GrantMessage("REQ_abcdefghijkl", "SRV_abcdefghijkl"));
    }

    @Test
    void codeWithoutAnErrorIsASuccess() throws Exception {
        Envelope envelope =
                envelope("Response with code not_found and no error (decode-only, a success with an empty message)");
        ResponseMessage response = ResponseMessage.read(envelope.carried());

        assertThat(response.isError()).isFalse();
        assertThat(response.code()).isEqualTo("not_found");
        assertThat(response.rawPayload()).isEqualTo(Slice.EMPTY);
    }

    @Test
    void bothFormsOfAPayloadAreThere() throws Exception {
        RequestMessage request = RequestMessage.read(
                envelope("Request v0.2.9/0.2.10 style (Any and raw)").carried());
        AnyPayload any = Objects.requireNonNull(request.anyPayload());

        assertThat(StringValue.parseFrom(request.rawPayload().toByteString())).isEqualTo(GoldenFrames.PAYLOAD);
        assertThat(StringValue.parseFrom(any.value().toByteString())).isEqualTo(GoldenFrames.PAYLOAD);
        assertThat(any.typeName()).isEqualTo("google.protobuf.StringValue");
        assertThat(any.isType("google.protobuf.StringValue")).isTrue();
        assertThat(any.isType("google.protobuf.Int32Value")).isFalse();
    }

    static java.util.stream.Stream<Frame> streamFrames() {
        return frames().filter(frame -> GoldenFrames.streams().containsKey(frame.title()));
    }

    @ParameterizedTest
    @MethodSource("streamFrames")
    void streamFrameCarriesTheMessage(Frame frame) throws Exception {
        Stream message = Objects.requireNonNull(GoldenFrames.streams().get(frame.title()));
        Envelope envelope = Envelope.read(frame.bytes());
        byte[] written = Msg.newBuilder()
                .setTypeUrl("type.googleapis.com/internal.Stream")
                .setValue(message.toByteString())
                .setChannel(envelope.channel())
                .build()
                .toByteArray();

        assertThat(Stream.parseFrom(envelope.value(MAX_INFLATED).toByteString()))
                .isEqualTo(message);
        assertThat(written)
                .satisfiesAnyOf(
                        bytes -> assertThat(bytes).isEqualTo(frame.bytes()),
                        bytes -> assertThat(frame.isDecodeOnly()).isTrue());
    }

    @Test
    void noStreamIsForgotten() throws Exception {
        for (Frame frame : VECTORS.frames()) {
            assertThat(GoldenFrames.streams().containsKey(frame.title()))
                    .as(frame.title())
                    .isEqualTo(Envelope.read(frame.bytes()).isType("internal.Stream"));
        }
    }

    @Test
    void whatPeersSawIsSeenHere() throws Exception {
        Msg msg = Msg.parseFrom(GoldenFrames.update("ProcessUpdate.REQ", GoldenFrames.PAYLOAD)).toBuilder()
                .setCompression(Compression.COMPRESSION_GZIP)
                .build();
        Any any = Any.parseFrom(msg.toByteArray());

        assertThat(VECTORS.outcomes())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("Msg with unknown fields 3,4 err= <nil>"),
                        line -> assertThat(line).isEqualTo("value:\"%s\" <nil>", unpacked(any)),
                        line -> assertThat(line).contains("gzip magic as Request err= proto:"),
                        line -> assertThat(line).isEqualTo("unmarshal of empty raw payload err= <nil>"));
        assertThat(refusal(new byte[] {0x1f, (byte) 0x8b, 0x08})).isEqualTo(DropReason.MALFORMED);
        assertThat(StringValue.parseFrom(Slice.EMPTY.toByteArray())).isEqualTo(StringValue.getDefaultInstance());
    }

    private static String unpacked(Any any) throws InvalidProtocolBufferException {
        return any.unpack(StringValue.class).getValue();
    }

    private static DropReason refusal(byte[] request) {
        try {
            RequestMessage.read(Slice.of(request));
            throw new AssertionError("read");
        } catch (MalformedFrameException e) {
            return e.reason();
        }
    }

    private static Envelope envelope(String title) throws MalformedFrameException {
        Frame frame = frames().filter(f -> f.title().equals(title)).findFirst().orElseThrow();
        return Envelope.read(frame.bytes());
    }
}
