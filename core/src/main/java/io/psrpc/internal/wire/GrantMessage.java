package io.psrpc.internal.wire;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;

import io.psrpc.wire.ClaimResponse;
import java.io.IOException;

/**
 * A client's word on who runs a request: the wire's {@code ClaimResponse}.
 *
 * @param requestId what is granted
 * @param serverId who runs it; every other server forgets it. Empty names nobody
 */
public record GrantMessage(String requestId, String serverId) {
    /** The type that its envelope names. */
    public static final String TYPE = "internal.ClaimResponse";

    /**
     * Reads an envelope's value.
     *
     * @throws MalformedFrameException where protobuf could not parse it, or it breaks one of {@link WireLimits}
     */
    public static GrantMessage read(Slice value) throws MalformedFrameException {
        Fields fields = new Fields();
        WireInput.read(value, fields);
        return new GrantMessage(fields.requestId, fields.serverId);
    }

    private static final class Fields implements FieldReader {
        private static final int REQUEST_ID = ClaimResponse.REQUEST_ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int SERVER_ID = ClaimResponse.SERVER_ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;

        private String requestId = "";
        private String serverId = "";

        @Override
        public boolean read(int tag, WireInput in) throws IOException {
            switch (tag) {
                case REQUEST_ID -> requestId = in.id();
                case SERVER_ID -> serverId = in.id();
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
