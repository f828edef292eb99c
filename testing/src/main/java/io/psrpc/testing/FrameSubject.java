package io.psrpc.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.testing.Faults.Fate;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.Faults.Outcome;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Compression;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import io.psrpc.wire.Stream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.zip.GZIPInputStream;

/**
 * What a frame is about.
 *
 * @param kind by the type that its envelope names
 * @param address where it goes
 * @param requestId of the request that it belongs to; empty if there is none, or if it cannot be read
 */
record FrameSubject(Kind kind, String address, String requestId) {
    static FrameSubject of(OutgoingFrame frame) {
        try {
            Msg envelope = Msg.parseFrom(frame.bytes());
            Kind kind = kind(envelope.getTypeUrl());
            return new FrameSubject(kind, frame.address(), requestId(kind, envelope));
        } catch (IOException e) {
            return new FrameSubject(Kind.UPDATE, frame.address(), "");
        }
    }

    Fate fate(Outcome outcome, Duration delay) {
        return new Fate(kind, address, requestId, outcome, delay);
    }

    private static Kind kind(String typeUrl) {
        return switch (typeUrl.substring(typeUrl.lastIndexOf('/') + 1)) {
            case "internal.Request" -> Kind.REQUEST;
            case "internal.ClaimRequest" -> Kind.CLAIM;
            case "internal.ClaimResponse" -> Kind.GRANT;
            case "internal.Response" -> Kind.RESPONSE;
            case "internal.Stream" -> Kind.STREAM;
            default -> Kind.UPDATE;
        };
    }

    private static String requestId(Kind kind, Msg envelope) throws IOException {
        if (kind == Kind.UPDATE) {
            return "";
        }
        ByteString value = inflated(envelope);
        try {
            return switch (kind) {
                case REQUEST -> Request.parseFrom(value).getRequestId();
                case CLAIM -> ClaimRequest.parseFrom(value).getRequestId();
                case GRANT -> ClaimResponse.parseFrom(value).getRequestId();
                case RESPONSE -> Response.parseFrom(value).getRequestId();
                case STREAM -> Stream.parseFrom(value).getRequestId();
                case UPDATE -> "";
            };
        } catch (InvalidProtocolBufferException e) {
            return "";
        }
    }

    private static ByteString inflated(Msg envelope) throws IOException {
        if (envelope.getCompression() != Compression.COMPRESSION_GZIP) {
            return envelope.getValue();
        }
        byte[] packed = envelope.getValue().toByteArray();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return ByteString.readFrom(in);
        }
    }
}
