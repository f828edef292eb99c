package io.psrpc.internal.wire;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;
import static com.google.protobuf.WireFormat.WIRETYPE_VARINT;

import io.psrpc.wire.Request;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's request. Times are Unix time in nanoseconds, 0 where absent; absent texts are empty.
 *
 * @param requestId any string, at most {@link WireLimits#MAX_ID_CHARACTERS} long
 * @param clientId who waits for the answer
 * @param sentAt by the client's clock
 * @param expiry by the client's clock
 * @param multi every server answers
 * @param skipClaim the server may run it without a claim
 * @param metadata unmodifiable, in the order of the wire
 * @param rawPayload the user's message as {@code CURRENT} carries it; empty also where there is none
 * @param anyPayload the user's message as {@code V0_1} carries it; null where there is none. Peers of v0.2.9 send both
 */
public record RequestMessage(
        String requestId,
        String clientId,
        long sentAt,
        long expiry,
        boolean multi,
        boolean skipClaim,
        Map<String, String> metadata,
        Slice rawPayload,
        @Nullable AnyPayload anyPayload) {
    /** The type that its envelope names. */
    public static final String TYPE = "internal.Request";

    /**
     * Reads an envelope's value.
     *
     * @throws MalformedFrameException where protobuf could not parse it, or it breaks one of {@link WireLimits}
     */
    public static RequestMessage read(Slice value) throws MalformedFrameException {
        Fields fields = new Fields();
        WireInput.read(value, fields);
        return fields.message();
    }

    private static final class Fields implements FieldReader {
        private static final int REQUEST_ID = Request.REQUEST_ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int CLIENT_ID = Request.CLIENT_ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int SENT_AT = Request.SENT_AT_FIELD_NUMBER << 3 | WIRETYPE_VARINT;
        private static final int EXPIRY = Request.EXPIRY_FIELD_NUMBER << 3 | WIRETYPE_VARINT;
        private static final int MULTI = Request.MULTI_FIELD_NUMBER << 3 | WIRETYPE_VARINT;
        private static final int ANY = Request.REQUEST_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int METADATA = Request.METADATA_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int RAW = Request.RAW_REQUEST_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int SKIP_CLAIM = Request.SKIP_CLAIM_FIELD_NUMBER << 3 | WIRETYPE_VARINT;

        private String requestId = "";
        private String clientId = "";
        private long sentAt;
        private long expiry;
        private boolean multi;
        private boolean skipClaim;
        private Slice raw = Slice.EMPTY;
        private AnyPayload.@Nullable Fields any;
        private @Nullable MetadataReader metadata;

        @Override
        public boolean read(int tag, WireInput in) throws IOException {
            switch (tag) {
                case REQUEST_ID -> requestId = in.id();
                case CLIENT_ID -> clientId = in.id();
                case SENT_AT -> sentAt = in.int64();
                case EXPIRY -> expiry = in.int64();
                case MULTI -> multi = in.bool();
                case SKIP_CLAIM -> skipClaim = in.bool();
                case RAW -> raw = in.bytes();
                case ANY -> any = AnyPayload.Fields.read(in, any);
                case METADATA -> metadata = MetadataReader.readEntry(in, metadata);
                default -> {
                    return false;
                }
            }
            return true;
        }

        RequestMessage message() {
            return new RequestMessage(
                    requestId,
                    clientId,
                    sentAt,
                    expiry,
                    multi,
                    skipClaim,
                    metadata == null ? Map.of() : metadata.metadata(),
                    raw,
                    any == null ? null : any.payload());
        }
    }
}
