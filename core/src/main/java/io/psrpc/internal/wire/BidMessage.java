package io.psrpc.internal.wire;

import static com.google.protobuf.WireFormat.WIRETYPE_FIXED32;
import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;
import static com.google.protobuf.WireFormat.WIRETYPE_VARINT;

import io.psrpc.wire.ClaimRequest;
import java.io.IOException;

/**
 * A server's bid for a request: the wire's {@code ClaimRequest}.
 *
 * @param requestId what it bids for
 * @param serverId who bids
 * @param affinity how well it suits; any float that a peer may send
 * @param handling it runs the request already and waits for no grant
 * @param processServers how many servers of the sender's process got the request; at least 1
 */
public record BidMessage(String requestId, String serverId, float affinity, boolean handling, int processServers) {
    /** The type that its envelope names. */
    public static final String TYPE = "internal.ClaimRequest";

    /**
     * Reads an envelope's value.
     *
     * @throws MalformedFrameException where protobuf could not parse it, or it breaks one of {@link WireLimits}
     */
    public static BidMessage read(Slice value) throws MalformedFrameException {
        Fields fields = new Fields();
        WireInput.read(value, fields);
        return new BidMessage(
                fields.requestId,
                fields.serverId,
                fields.affinity,
                fields.handling,
                ProcessServers.ofWire(fields.processServers));
    }

    private static final class Fields implements FieldReader {
        private static final int REQUEST_ID = ClaimRequest.REQUEST_ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int SERVER_ID = ClaimRequest.SERVER_ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int AFFINITY = ClaimRequest.AFFINITY_FIELD_NUMBER << 3 | WIRETYPE_FIXED32;
        private static final int HANDLING = ClaimRequest.HANDLING_FIELD_NUMBER << 3 | WIRETYPE_VARINT;
        private static final int PROCESS_SERVERS = ClaimRequest.PROCESS_SERVERS_FIELD_NUMBER << 3 | WIRETYPE_VARINT;

        private String requestId = "";
        private String serverId = "";
        private float affinity;
        private boolean handling;
        private int processServers;

        @Override
        public boolean read(int tag, WireInput in) throws IOException {
            switch (tag) {
                case REQUEST_ID -> requestId = in.id();
                case SERVER_ID -> serverId = in.id();
                case AFFINITY -> affinity = in.float32();
                case HANDLING -> handling = in.bool();
                case PROCESS_SERVERS -> processServers = in.uint32();
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
