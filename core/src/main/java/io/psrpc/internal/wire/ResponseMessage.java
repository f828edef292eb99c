package io.psrpc.internal.wire;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;
import static com.google.protobuf.WireFormat.WIRETYPE_VARINT;

import com.google.protobuf.Any;
import io.psrpc.wire.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server's answer. Absent texts are empty.
 *
 * @param requestId what it answers
 * @param serverId who answers
 * @param sentAt by the server's clock, in Unix nanoseconds; 0 where absent
 * @param error what went wrong; empty means success, whatever the code
 * @param code the error's code as it came; an error with an empty one is {@code unknown}
 * @param details of the error, copied, unmodifiable, without fields that {@code Any} does not know
 * @param rawPayload the user's message as {@code CURRENT} carries it; empty also where there is none
 * @param anyPayload the user's message as {@code V0_1} carries it; null where there is none
 * @param processServers how many servers of the sender's process got the request; at least 1
 */
public record ResponseMessage(
        String requestId,
        String serverId,
        long sentAt,
        String error,
        String code,
        List<Any> details,
        Slice rawPayload,
        @Nullable AnyPayload anyPayload,
        int processServers) {
    /** The type that its envelope names. */
    public static final String TYPE = "internal.Response";

    /**
     * Reads an envelope's value.
     *
     * @throws MalformedFrameException where protobuf could not parse it, or it breaks one of {@link WireLimits}
     */
    public static ResponseMessage read(Slice value) throws MalformedFrameException {
        Fields fields = new Fields();
        WireInput.read(value, fields);
        return fields.message();
    }

    /** Whether the call failed at the server. */
    public boolean isError() {
        return !error.isEmpty();
    }

    private static final class Fields implements FieldReader {
        private static final int REQUEST_ID = Response.REQUEST_ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int SERVER_ID = Response.SERVER_ID_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int SENT_AT = Response.SENT_AT_FIELD_NUMBER << 3 | WIRETYPE_VARINT;
        private static final int ANY = Response.RESPONSE_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int ERROR = Response.ERROR_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int CODE = Response.CODE_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int RAW = Response.RAW_RESPONSE_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int DETAILS = Response.ERROR_DETAILS_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int PROCESS_SERVERS = Response.PROCESS_SERVERS_FIELD_NUMBER << 3 | WIRETYPE_VARINT;

        private String requestId = "";
        private String serverId = "";
        private long sentAt;
        private String error = "";
        private String code = "";
        private Slice raw = Slice.EMPTY;
        private AnyPayload.@Nullable Fields any;
        private List<Any> details = List.of();
        private int processServers;

        @Override
        public boolean read(int tag, WireInput in) throws IOException {
            switch (tag) {
                case REQUEST_ID -> requestId = in.id();
                case SERVER_ID -> serverId = in.id();
                case SENT_AT -> sentAt = in.int64();
                case ERROR -> error = in.text();
                case CODE -> code = in.text();
                case RAW -> raw = in.bytes();
                case ANY -> any = AnyPayload.Fields.read(in, any);
                case DETAILS -> readDetail(in);
                case PROCESS_SERVERS -> processServers = in.uint32();
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void readDetail(WireInput in) throws IOException {
            if (details.size() == WireLimits.MAX_DETAILS) {
                throw MalformedFrameException.malformed("details: more than " + WireLimits.MAX_DETAILS);
            }
            AnyPayload.Fields detail = AnyPayload.Fields.read(in, null);
            if (details.isEmpty()) {
                details = new ArrayList<>();
            }
            details.add(detail.copy());
        }

        ResponseMessage message() {
            return new ResponseMessage(
                    requestId,
                    serverId,
                    sentAt,
                    error,
                    code,
                    details.isEmpty() ? List.of() : Collections.unmodifiableList(details),
                    raw,
                    any == null ? null : any.payload(),
                    ProcessServers.ofWire(processServers));
        }
    }
}
