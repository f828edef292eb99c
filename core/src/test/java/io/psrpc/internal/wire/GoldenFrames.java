package io.psrpc.internal.wire;

import static io.psrpc.internal.wire.WireProfile.CURRENT;
import static io.psrpc.internal.wire.WireProfile.V0_1;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.wire.Stream;
import io.psrpc.wire.StreamAck;
import io.psrpc.wire.StreamClose;
import io.psrpc.wire.StreamMessage;
import io.psrpc.wire.StreamOpen;
import java.util.List;
import java.util.Map;

/** The frames of {@code wire-vectors.txt} by their titles, written by us, and the stream messages that they carry. */
final class GoldenFrames {
    static final Message PAYLOAD = StringValue.of("hi");

    private static final String REQUEST = "REQ_abcdefghijkl";
    private static final String STREAM = "STR_abcdefghijkl";
    private static final String CLIENT = "CLI_abcdefghijkl";
    private static final String SERVER = "SRV_abcdefghijkl";
    private static final long SENT_AT = 1_700_000_000_000_000_000L;
    private static final long EXPIRY = 1_700_000_003_000_000_000L;
    private static final long ANSWERED_AT = 1_700_000_000_500_000_000L;
    private static final Map<String, String> METADATA = Map.of("k", "v");
    private static final Message EMPTY = Empty.getDefaultInstance();
    private static final String KEY = "NormalRPC.REQ";

    private static final EnvelopeWriter WRITER = new EnvelopeWriter(0);

    private GoldenFrames() {}

    static Map<String, byte[]> written() {
        return Map.ofEntries(
                Map.entry("Request(redis/local)", request("", false, false, METADATA, PAYLOAD, CURRENT)),
                Map.entry("Request(nats)", request(KEY, false, false, METADATA, PAYLOAD, CURRENT)),
                Map.entry(
                        "Request skip_claim, QUEUE (any bus, v0.8.0+; NATS, v0.7.5+)",
                        request(KEY, false, true, Map.of(), PAYLOAD, CURRENT)),
                Map.entry(
                        "Request skip_claim, QUEUE (redis/local, v0.7.5 to v0.7.7)",
                        request("", false, true, Map.of(), PAYLOAD, CURRENT)),
                Map.entry(
                        "Request multi (any bus, v0.8.0+)",
                        request("GetStats.REQ", true, false, Map.of(), PAYLOAD, CURRENT)),
                Map.entry(
                        "Request with an empty message as payload (any bus, v0.8.0+)",
                        request(KEY, false, false, Map.of(), EMPTY, CURRENT)),
                Map.entry("ClaimRequest", bid(1, false)),
                Map.entry("ClaimRequest handling", bid(1, true)),
                Map.entry("ClaimRequest affinity 0.5", bid(0.5f, false)),
                Map.entry("ClaimRequest affinity 0", bid(0, false)),
                Map.entry("ClaimResponse(nats)", WRITER.grant("NormalRPC.RCLAIM", REQUEST, SERVER)),
                Map.entry("Response ok", response(PAYLOAD, CURRENT)),
                Map.entry("Response ok with an empty message as payload", response(EMPTY, CURRENT)),
                Map.entry("Response err", error("requested error", "failed_precondition", List.of())),
                Map.entry(
                        "Response err with details",
                        error("requested error", "failed_precondition", List.of(Any.pack(StringValue.of("d"))))),
                Map.entry("Response err with code and two details", error("not here: é", "not_found", twoDetails())),
                Map.entry("Response err without code (read as unknown)", error("boom", "", List.of())),
                Map.entry("Subscription update google.protobuf.Empty (redis)", update("", EMPTY)),
                Map.entry("Subscription update StringValue hi (nats)", update("ProcessUpdate.REQ", PAYLOAD)),
                Map.entry("Request v0.1-0.2.8 style (Any only)", request("", false, false, Map.of(), PAYLOAD, V0_1)),
                Map.entry("v0.1.0 Request (Any in Any)", request("", false, false, Map.of(), PAYLOAD, V0_1)),
                Map.entry("v0.1.0 Request multi (Any in Any)", request("", true, false, Map.of(), PAYLOAD, V0_1)),
                Map.entry(
                        "v0.1.0 Request with Empty as payload (Any in Any)",
                        request("", false, false, Map.of(), EMPTY, V0_1)),
                Map.entry("v0.1.0 ClaimRequest", bid(1, false)),
                Map.entry("v0.1.0 ClaimRequest affinity -1", bid(-1, false)),
                Map.entry("v0.1.0 ClaimResponse", WRITER.grant("", REQUEST, SERVER)),
                Map.entry("v0.1.0 Response ok (Any in Any)", response(PAYLOAD, V0_1)),
                Map.entry("v0.1.0 Response err", error("requested error", "", List.of())),
                Map.entry("v0.1.0 Subscription update StringValue hi", update("", PAYLOAD)),
                Map.entry("v0.2.7 Response err with code", error("requested error", "failed_precondition", List.of())));
    }

    static Map<String, Stream> streams() {
        Stream open =
                stream().setOpen(StreamOpen.newBuilder().setNodeId(CLIENT)).build();
        Stream message = message(PAYLOAD.toByteString());
        Stream ack = stream().setAck(StreamAck.getDefaultInstance()).build();
        Stream closed = close("stream closed", "canceled");
        return Map.ofEntries(
                Map.entry("Stream open", open),
                Map.entry("v0.2.7 Stream open", open),
                Map.entry(
                        "Stream open with metadata, client to server (any bus, v0.8.0+)",
                        stream()
                                .setOpen(open.getOpen().toBuilder().putAllMetadata(METADATA))
                                .build()),
                Map.entry("Stream msg", message),
                Map.entry("Stream message, client to server (any bus, v0.8.0+)", message),
                Map.entry("Stream message, empty payload, server to client", message(ByteString.EMPTY)),
                Map.entry(
                        "Stream message gzip, channel ExchangeUpdates.STR (decode-only)",
                        message(StringValue.of("psrpc ".repeat(30)).toByteString())),
                Map.entry(
                        "v0.2.7 Stream message (Any in Any)",
                        stream()
                                .setMessage(StreamMessage.newBuilder().setMessage(Any.pack(PAYLOAD)))
                                .build()),
                Map.entry("Stream ack", ack),
                Map.entry("Stream ack, client to server (any bus, v0.8.0+)", ack),
                Map.entry("Stream close", closed),
                Map.entry("Stream close normal, client to server (any bus, v0.8.0+)", closed),
                Map.entry("Stream close EOF, server shuts down", close("EOF", "unavailable")),
                Map.entry("Stream close, caller's context cancelled", close("context canceled", "unknown")));
    }

    static byte[] update(String key, Message update) {
        return WRITER.update(key, update, new byte[0]);
    }

    private static byte[] request(
            String key,
            boolean multi,
            boolean skipClaim,
            Map<String, String> metadata,
            Message payload,
            WireProfile profile) {
        return WRITER.request(key, REQUEST, CLIENT, SENT_AT, EXPIRY, multi, skipClaim, metadata, payload, profile);
    }

    private static byte[] response(Message payload, WireProfile profile) {
        return WRITER.response(REQUEST, SERVER, ANSWERED_AT, payload, 1, profile);
    }

    private static byte[] error(String message, String code, List<Any> details) {
        return WRITER.error(REQUEST, SERVER, ANSWERED_AT, message, code, details, 1);
    }

    private static byte[] bid(float affinity, boolean handling) {
        return WRITER.bid(REQUEST, SERVER, affinity, handling, 1);
    }

    private static List<Any> twoDetails() {
        Duration duration =
                Duration.newBuilder().setSeconds(1).setNanos(500_000_000).build();
        return List.of(Any.pack(StringValue.of("d")), Any.pack(duration));
    }

    private static Stream.Builder stream() {
        return Stream.newBuilder()
                .setStreamId(STREAM)
                .setRequestId(REQUEST)
                .setSentAt(SENT_AT)
                .setExpiry(EXPIRY);
    }

    private static Stream message(ByteString raw) {
        return stream()
                .setMessage(StreamMessage.newBuilder().setRawMessage(raw))
                .build();
    }

    private static Stream close(String error, String code) {
        return stream()
                .setClose(StreamClose.newBuilder().setError(error).setCode(code))
                .build();
    }
}
