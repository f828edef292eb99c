package io.psrpc.internal.wire;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Compression;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import java.util.List;
import java.util.Map;

/**
 * Writes frames: the envelope, the message in it and the user's message in that go into one array of exactly their size,
 * and are copied only where they are compressed. The same arguments give the same bytes. Keeps no state: any thread may
 * use it.
 */
public final class EnvelopeWriter {
    private static final byte[] REQUEST = typeUrl(RequestMessage.TYPE);
    private static final byte[] RESPONSE = typeUrl(ResponseMessage.TYPE);
    private static final byte[] BID = typeUrl(BidMessage.TYPE);
    private static final byte[] GRANT = typeUrl(GrantMessage.TYPE);
    private static final byte[] NONE = {};

    private final int compressAbove;

    /**
     * Creates one.
     *
     * @param compressAbove from how many bytes on an envelope's value is compressed, if that makes it smaller; 0: never,
     *     as it must be where peers older than v0.7.6 read. What is written for {@code V0_1} is never compressed
     */
    public EnvelopeWriter(int compressAbove) {
        if (compressAbove < 0) {
            throw new IllegalArgumentException("compressAbove: " + compressAbove + " (expected: >= 0)");
        }
        this.compressAbove = compressAbove;
    }

    /**
     * A client's request. Times are in Unix nanoseconds.
     *
     * @param key the channel's; empty for none
     * @throws IllegalArgumentException where the payload misses required fields or cannot be serialised, or the metadata
     *     breaks one of {@link WireLimits}
     */
    public byte[] request(
            String key,
            String requestId,
            String clientId,
            long sentAt,
            long expiry,
            boolean multi,
            boolean skipClaim,
            Map<String, String> metadata,
            Message payload,
            WireProfile profile) {
        Payload.check(payload);
        WireLimits.checkMetadata(metadata);
        Body request = sink -> {
            sink.text(Request.REQUEST_ID_FIELD_NUMBER, requestId);
            sink.text(Request.CLIENT_ID_FIELD_NUMBER, clientId);
            sink.int64(Request.SENT_AT_FIELD_NUMBER, sentAt);
            sink.int64(Request.EXPIRY_FIELD_NUMBER, expiry);
            sink.bool(Request.MULTI_FIELD_NUMBER, multi);
            Payload.writeAny(sink, Request.REQUEST_FIELD_NUMBER, payload, profile);
            MetadataWriter.write(sink, Request.METADATA_FIELD_NUMBER, metadata);
            Payload.writeRaw(sink, Request.RAW_REQUEST_FIELD_NUMBER, payload, profile);
            sink.bool(Request.SKIP_CLAIM_FIELD_NUMBER, skipClaim);
        };
        return frame(REQUEST, request, key, NONE, profile);
    }

    /**
     * A server's answer.
     *
     * @param sentAt in Unix nanoseconds
     * @param processServers how many servers of this process got the request
     * @throws IllegalArgumentException where the payload misses required fields or cannot be serialised
     */
    public byte[] response(
            String requestId, String serverId, long sentAt, Message payload, int processServers, WireProfile profile) {
        Payload.check(payload);
        Body response = sink -> {
            sink.text(Response.REQUEST_ID_FIELD_NUMBER, requestId);
            sink.text(Response.SERVER_ID_FIELD_NUMBER, serverId);
            sink.int64(Response.SENT_AT_FIELD_NUMBER, sentAt);
            Payload.writeAny(sink, Response.RESPONSE_FIELD_NUMBER, payload, profile);
            Payload.writeRaw(sink, Response.RAW_RESPONSE_FIELD_NUMBER, payload, profile);
            sink.uint32(Response.PROCESS_SERVERS_FIELD_NUMBER, ProcessServers.toWire(processServers));
        };
        return frame(RESPONSE, response, "", NONE, profile);
    }

    /**
     * A server's answer that the call failed, in either profile.
     *
     * @param sentAt in Unix nanoseconds
     * @param message what went wrong; where it is empty the code stands for it, since an empty one reads as success
     * @param processServers how many servers of this process got the request
     * @throws IllegalArgumentException where there are more details than {@link WireLimits#MAX_DETAILS}
     */
    public byte[] error(
            String requestId,
            String serverId,
            long sentAt,
            String message,
            String code,
            List<Any> details,
            int processServers) {
        if (details.size() > WireLimits.MAX_DETAILS) {
            throw new IllegalArgumentException(
                    "details: " + details.size() + " (expected: <= " + WireLimits.MAX_DETAILS + ")");
        }
        String error = !message.isEmpty() ? message : !code.isEmpty() ? code : "unknown";
        Body response = sink -> {
            sink.text(Response.REQUEST_ID_FIELD_NUMBER, requestId);
            sink.text(Response.SERVER_ID_FIELD_NUMBER, serverId);
            sink.int64(Response.SENT_AT_FIELD_NUMBER, sentAt);
            sink.text(Response.ERROR_FIELD_NUMBER, error);
            sink.text(Response.CODE_FIELD_NUMBER, code);
            for (Any detail : details) {
                sink.embedded(Response.ERROR_DETAILS_FIELD_NUMBER, any -> any.message(detail));
            }
            sink.uint32(Response.PROCESS_SERVERS_FIELD_NUMBER, ProcessServers.toWire(processServers));
        };
        return frame(RESPONSE, response, "", NONE, WireProfile.CURRENT);
    }

    /**
     * A server's bid.
     *
     * @param handling the server runs the request already
     * @param processServers how many servers of this process got the request
     */
    public byte[] bid(String requestId, String serverId, float affinity, boolean handling, int processServers) {
        Body bid = sink -> {
            sink.text(ClaimRequest.REQUEST_ID_FIELD_NUMBER, requestId);
            sink.text(ClaimRequest.SERVER_ID_FIELD_NUMBER, serverId);
            sink.float32(ClaimRequest.AFFINITY_FIELD_NUMBER, affinity);
            sink.bool(ClaimRequest.HANDLING_FIELD_NUMBER, handling);
            sink.uint32(ClaimRequest.PROCESS_SERVERS_FIELD_NUMBER, ProcessServers.toWire(processServers));
        };
        return frame(BID, bid, "", NONE, WireProfile.CURRENT);
    }

    /**
     * A client's word on who runs a request.
     *
     * @param key the channel's; empty for none
     * @param serverId empty: nobody
     */
    public byte[] grant(String key, String requestId, String serverId) {
        Body grant = sink -> {
            sink.text(ClaimResponse.REQUEST_ID_FIELD_NUMBER, requestId);
            sink.text(ClaimResponse.SERVER_ID_FIELD_NUMBER, serverId);
        };
        return frame(GRANT, grant, key, NONE, WireProfile.CURRENT);
    }

    /**
     * An update for subscribers, in either profile.
     *
     * @param key the channel's; empty for none
     * @param nonce makes two equal updates two frames; empty for none
     * @throws IllegalArgumentException where the update misses required fields or cannot be serialised
     */
    public byte[] update(String key, Message update, byte[] nonce) {
        Payload.check(update);
        return frame(
                typeUrl(update.getDescriptorForType().getFullName()),
                sink -> sink.message(update),
                key,
                nonce,
                WireProfile.CURRENT);
    }

    private byte[] frame(byte[] typeUrl, Body value, String key, byte[] nonce, WireProfile profile) {
        int size = FieldSink.sizeOf(value);
        if (compressAbove == 0 || size < compressAbove || profile == WireProfile.V0_1) {
            return frame(typeUrl, value, size, key, Compression.COMPRESSION_NONE_VALUE, nonce);
        }
        byte[] plain = FieldSink.write(value, size);
        byte[] packed = Gzip.deflate(plain);
        return packed.length < plain.length
                ? frame(typeUrl, packed, key, Compression.COMPRESSION_GZIP_VALUE, nonce)
                : frame(typeUrl, plain, key, Compression.COMPRESSION_NONE_VALUE, nonce);
    }

    private static byte[] frame(byte[] typeUrl, byte[] value, String key, int compression, byte[] nonce) {
        return frame(typeUrl, sink -> sink.encoded(value), value.length, key, compression, nonce);
    }

    private static byte[] frame(byte[] typeUrl, Body value, int size, String key, int compression, byte[] nonce) {
        Body envelope = sink -> {
            sink.encoded(typeUrl);
            if (size != 0) {
                sink.embedded(Msg.VALUE_FIELD_NUMBER, value, size);
            }
            sink.text(Msg.CHANNEL_FIELD_NUMBER, key);
            sink.uint32(Msg.COMPRESSION_FIELD_NUMBER, compression);
            sink.bytes(Msg.NONCE_FIELD_NUMBER, nonce);
        };
        return FieldSink.write(envelope, FieldSink.sizeOf(envelope));
    }

    /** The envelope's first field, ready to be written. */
    private static byte[] typeUrl(String fullName) {
        Body field = sink -> sink.text(Msg.TYPE_URL_FIELD_NUMBER, TypeUrls.of(fullName));
        return FieldSink.write(field, FieldSink.sizeOf(field));
    }
}
