package io.psrpc.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.StringValue;
import com.google.protobuf.UnknownFieldSet;
import io.psrpc.SubscriptionOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.wire.Compression;
import io.psrpc.wire.Msg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@Rows("B04")
final class UnreadableUpdateTest {
    private static final StringValue GOOD = StringValue.of("good");

    private final FakeBus bus = new FakeBus();
    private final BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);

    @Test
    void anotherTypeIsSkipped() {
        isSkipped(FakeBus.msg(GOOD.toByteString()).setTypeUrl("x/google.protobuf.BytesValue"), DropReason.WRONG_TYPE);
        isSkipped(FakeBus.msg(GOOD.toByteString()).setTypeUrl(""), DropReason.WRONG_TYPE);
        isSkipped(FakeBus.msg(GOOD.toByteString()).setTypeUrl("y".repeat(100_000)), DropReason.WRONG_TYPE);
    }

    @Test
    void whatDoesNotParseIsSkipped() {
        isSkipped(FakeBus.msg(GOOD.toByteString().substring(0, 3)), DropReason.MALFORMED);
        isSkipped(FakeBus.msg(ByteString.copyFrom(new byte[] {12})), DropReason.MALFORMED);
        isSkipped(FakeBus.msg(ByteString.copyFrom(new byte[] {10, 1, -1})), DropReason.MALFORMED);
    }

    @Test
    void whatDoesNotInflateIsSkipped() throws IOException {
        ByteString gzip = gzip(GOOD);
        isSkipped(
                FakeBus.msg(gzip.substring(0, gzip.size() - 1)).setCompression(Compression.COMPRESSION_GZIP),
                DropReason.MALFORMED);
        isSkipped(FakeBus.msg(gzip).setCompressionValue(7), DropReason.UNKNOWN_CODEC);
        isSkipped(
                FakeBus.msg(gzip(StringValue.of("x".repeat(FakeBus.MAX_INFLATED_BYTES))))
                        .setCompression(Compression.COMPRESSION_GZIP),
                DropReason.TOO_LARGE);
    }

    @Test
    void aCompressedUpdateIsRead() throws IOException {
        updates.sink().offer(FakeBus.envelope(FakeBus.msg(gzip(GOOD)).setCompression(Compression.COMPRESSION_GZIP)));

        assertThat(updates.next()).contains(GOOD);
    }

    @Test
    void unknownFieldsAreNoReason() {
        UnknownFieldSet.Field newer =
                UnknownFieldSet.Field.newBuilder().addVarint(1).build();
        StringValue update = GOOD.toBuilder()
                .setUnknownFields(
                        UnknownFieldSet.newBuilder().addField(99, newer).build())
                .build();
        updates.sink().offer(FakeBus.envelope(FakeBus.msg(update.toByteString())));

        assertThat(updates.next().orElseThrow().getValue()).isEqualTo("good");
        assertThat(updates.dropped()).isZero();
    }

    private void isSkipped(Msg.Builder bad, DropReason reason) {
        long before = updates.dropped();
        bus.drops.clear();
        updates.sink().offer(FakeBus.envelope(bad));
        updates.sink().offer(FakeBus.envelope(FakeBus.msg(GOOD.toByteString())));

        assertThat(updates.next()).contains(GOOD);
        assertThat(updates.dropped()).isEqualTo(before + 1);
        assertThat(bus.drops).containsOnlyKeys(reason).containsEntry(reason, 1);
    }

    private static ByteString gzip(StringValue update) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            update.writeTo(gzip);
        }
        return ByteString.copyFrom(bytes.toByteArray());
    }
}
