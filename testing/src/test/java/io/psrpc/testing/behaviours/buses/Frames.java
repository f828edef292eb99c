package io.psrpc.testing.behaviours.buses;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.testing.ManualTime;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Compression;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;

/** Envelopes as any peer writes them. */
final class Frames {
    private static final String PREFIX = "type.googleapis.com/";

    private Frames() {}

    static Msg.Builder of(Message message) {
        return Msg.newBuilder()
                .setTypeUrl(PREFIX + message.getDescriptorForType().getFullName())
                .setValue(message.toByteString());
    }

    static Msg.Builder of(String typeName, ByteString value) {
        return Msg.newBuilder().setTypeUrl(PREFIX + typeName).setValue(value);
    }

    /** Whether the frame is an envelope of such a message. */
    static boolean isOf(Message message, byte[] frame) {
        try {
            return isOf(message, Msg.parseFrom(frame));
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    static boolean isOf(Message message, Msg envelope) {
        return envelope.getTypeUrl()
                .equals(PREFIX + message.getDescriptorForType().getFullName());
    }

    /** A request that is sent now and expires in 3 s. */
    static Request.Builder request(ManualTime time, String requestId, String clientId, String text) {
        return Request.newBuilder()
                .setRequestId(requestId)
                .setClientId(clientId)
                .setSentAt(nanos(time.now()))
                .setExpiry(nanos(time.now().plusSeconds(3)))
                .setRawRequest(StringValue.of(text).toByteString());
    }

    static Response response(String requestId, String serverId, String text) {
        return Response.newBuilder()
                .setRequestId(requestId)
                .setServerId(serverId)
                .setRawResponse(StringValue.of(text).toByteString())
                .build();
    }

    static ClaimRequest bid(String requestId, String serverId, float affinity) {
        return ClaimRequest.newBuilder()
                .setRequestId(requestId)
                .setServerId(serverId)
                .setAffinity(affinity)
                .build();
    }

    static ClaimResponse grant(String requestId, String serverId) {
        return ClaimResponse.newBuilder()
                .setRequestId(requestId)
                .setServerId(serverId)
                .build();
    }

    /** The envelope with its value as gzip members, each of so many bytes. */
    static Msg.Builder gzipped(Msg.Builder envelope, int memberBytes) {
        ByteString value = envelope.getValue();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        for (int from = 0; from < value.size(); from += memberBytes) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                value.substring(from, Math.min(value.size(), from + memberBytes))
                        .writeTo(gzip);
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory", e);
            }
        }
        return envelope.setValue(ByteString.copyFrom(packed.toByteArray()))
                .setCompression(Compression.COMPRESSION_GZIP);
    }

    static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
