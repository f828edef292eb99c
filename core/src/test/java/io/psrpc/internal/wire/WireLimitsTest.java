package io.psrpc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What protobuf would take, and we do not. */
@Rows("B20")
class WireLimitsTest {
    private static final String LONGEST_ID = "é".repeat(WireLimits.MAX_ID_CHARACTERS);
    private static final EnvelopeWriter WRITER = new EnvelopeWriter(0);

    @Test
    void longIdsAreRefused() throws Exception {
        Slice taken = slice(ClaimResponse.newBuilder().setRequestId(LONGEST_ID).setServerId(LONGEST_ID));
        assertThat(GrantMessage.read(taken)).isEqualTo(new GrantMessage(LONGEST_ID, LONGEST_ID));

        for (String id : new String[] {LONGEST_ID + "x", "x".repeat(1 << 20)}) {
            assertMalformed(
                    () -> GrantMessage.read(slice(ClaimResponse.newBuilder().setRequestId(id))));
            assertMalformed(
                    () -> GrantMessage.read(slice(ClaimResponse.newBuilder().setServerId(id))));
            assertMalformed(
                    () -> BidMessage.read(slice(ClaimRequest.newBuilder().setRequestId(id))));
            assertMalformed(
                    () -> BidMessage.read(slice(ClaimRequest.newBuilder().setServerId(id))));
            assertMalformed(() -> RequestMessage.read(slice(Request.newBuilder().setRequestId(id))));
            assertMalformed(() -> RequestMessage.read(slice(Request.newBuilder().setClientId(id))));
            assertMalformed(
                    () -> ResponseMessage.read(slice(Response.newBuilder().setRequestId(id))));
            assertMalformed(
                    () -> ResponseMessage.read(slice(Response.newBuilder().setServerId(id))));
        }
    }

    @Test
    void endlessMetadataIsRefusedAndNotWritten() throws Exception {
        Map<String, String> most = entries(WireLimits.MAX_METADATA_ENTRIES);
        assertThat(RequestMessage.read(slice(Request.newBuilder().putAllMetadata(most)))
                        .metadata())
                .isEqualTo(most);
        assertThat(request(most)).isNotEmpty();

        Map<String, String> tooMany = entries(WireLimits.MAX_METADATA_ENTRIES + 1);
        assertMalformed(() -> RequestMessage.read(slice(Request.newBuilder().putAllMetadata(tooMany))));
        assertThatThrownBy(() -> request(tooMany))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metadata: 1001 entries (expected: <= 1000)");
    }

    @Test
    void repeatedMetadataKeysCountEachTime() {
        byte[] entry = Request.newBuilder().putMetadata("k", "v").build().toByteArray();
        byte[] request = new byte[entry.length * (WireLimits.MAX_METADATA_ENTRIES + 1)];
        for (int i = 0; i < request.length; i += entry.length) {
            System.arraycopy(entry, 0, request, i, entry.length);
        }

        assertMalformed(() -> RequestMessage.read(Slice.of(request)));
    }

    @Test
    void largeMetadataIsRefusedAndNotWritten() throws Exception {
        // An entry of this key: two tags, a length of one byte and one of three, and the key's letter.
        int most = WireLimits.MAX_METADATA_BYTES - 7;
        Map<String, String> largest = Map.of("k", "v".repeat(most));
        assertThat(RequestMessage.read(slice(Request.newBuilder().putAllMetadata(largest)))
                        .metadata())
                .isEqualTo(largest);
        assertThat(request(largest)).isNotEmpty();

        Map<String, String> tooLarge = Map.of("k", "v".repeat(most + 1));
        assertMalformed(() -> RequestMessage.read(slice(Request.newBuilder().putAllMetadata(tooLarge))));
        assertThatThrownBy(() -> request(tooLarge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metadata: 65537 bytes (expected: <= 65536)");
    }

    @Test
    void endlessDetailsAreRefusedAndNotWritten() throws Exception {
        Any detail = Any.pack(Empty.getDefaultInstance());
        Response.Builder most =
                Response.newBuilder().addAllErrorDetails(Collections.nCopies(WireLimits.MAX_DETAILS, detail));
        assertThat(ResponseMessage.read(slice(most)).details()).hasSize(WireLimits.MAX_DETAILS);

        assertMalformed(() -> ResponseMessage.read(slice(most.clone().addErrorDetails(detail))));
        assertThatThrownBy(() ->
                        WRITER.error("r", "s", 1, "e", "c", Collections.nCopies(WireLimits.MAX_DETAILS + 1, detail), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("details: 1001 (expected: <= 1000)");
    }

    @Test
    void serversOfAProcessAreAtLeastOneAndNotEndless() throws Exception {
        assertThat(BidMessage.read(slice(ClaimRequest.newBuilder())).processServers())
                .isEqualTo(1);
        assertThat(BidMessage.read(slice(ClaimRequest.newBuilder().setProcessServers(7)))
                        .processServers())
                .isEqualTo(7);
        assertThat(BidMessage.read(slice(ClaimRequest.newBuilder().setProcessServers(-1)))
                        .processServers())
                .isEqualTo(ProcessServers.MAX);
        assertThat(ResponseMessage.read(slice(Response.newBuilder().setProcessServers(Integer.MAX_VALUE)))
                        .processServers())
                .isEqualTo(ProcessServers.MAX);
    }

    private static Map<String, String> entries(int count) {
        Map<String, String> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put("k" + i, "v" + i);
        }
        return entries;
    }

    private static byte[] request(Map<String, String> metadata) {
        return WRITER.request(
                "", "r", "c", 1, 2, false, false, metadata, Empty.getDefaultInstance(), WireProfile.CURRENT);
    }

    private static Slice slice(Message.Builder message) {
        return Slice.of(message.build().toByteArray());
    }

    private static void assertMalformed(ThrowingCallable reading) {
        MalformedFrameException refusal = catchThrowableOfType(MalformedFrameException.class, reading);
        assertThat(refusal).isNotNull();
        assertThat(refusal.reason()).isEqualTo(DropReason.MALFORMED);
        assertThat(refusal.getStackTrace()).isEmpty();
    }
}
