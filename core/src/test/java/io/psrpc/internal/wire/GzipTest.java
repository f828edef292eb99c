package io.psrpc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

@Rows("B14")
class GzipTest {
    private static final byte[] CONTENT = "psrpc ".repeat(1_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsDeflatedInflates() throws Exception {
        for (int length : new int[] {0, 1, 63, 64, 65, 4_096, 100_000}) {
            byte[] content = new byte[length];
            new Random(length).nextBytes(content);

            assertThat(Gzip.inflate(Slice.of(Gzip.deflate(content)), length)).isEqualTo(content);
        }
    }

    @Test
    void severalMembersAreOneStream() throws Exception {
        byte[] stream = concat(Gzip.deflate(CONTENT), Gzip.deflate(new byte[0]), Gzip.deflate(CONTENT));

        assertThat(Gzip.inflate(Slice.of(stream), 2 * CONTENT.length)).isEqualTo(concat(CONTENT, CONTENT));
        assertThat(refusal(stream, 2 * CONTENT.length - 1)).isEqualTo(DropReason.TOO_LARGE);
    }

    @Test
    void garbageAndZeroBytesAfterAMemberAreRefused() {
        byte[] member = Gzip.deflate(CONTENT);

        assertThat(refusal(concat(member, new byte[1]), CONTENT.length)).isEqualTo(DropReason.MALFORMED);
        assertThat(refusal(concat(member, new byte[512]), CONTENT.length)).isEqualTo(DropReason.MALFORMED);
        assertThat(refusal(concat(member, "garbage after a member".getBytes(StandardCharsets.UTF_8)), CONTENT.length))
                .isEqualTo(DropReason.MALFORMED);
    }

    @Test
    void streamCutShortAnywhereIsRefused() {
        byte[] stream = concat(Gzip.deflate(CONTENT), Gzip.deflate(CONTENT));
        int firstMember = stream.length / 2;
        for (int length = 0; length < stream.length; length++) {
            if (length != firstMember) {
                assertThat(refusal(Arrays.copyOf(stream, length), 2 * CONTENT.length))
                        .as("%d bytes", length)
                        .isEqualTo(DropReason.MALFORMED);
            }
        }
    }

    @Test
    void contentThatDoesNotFitItsChecksumOrLengthIsRefused() {
        byte[] stream = Gzip.deflate(CONTENT);
        for (int i = 1; i <= 8; i++) {
            byte[] changed = stream.clone();
            changed[stream.length - i] ^= 1;

            assertThat(refusal(changed, CONTENT.length)).isEqualTo(DropReason.MALFORMED);
        }
    }

    @Test
    void everyOptionalPartOfAHeaderIsSkipped() throws Exception {
        byte[] fixed = {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3};
        byte[] head = concat(fixed, new byte[] {2, 1}, new byte[258], new byte[] {'n', 0, 'c', 0});
        CRC32 crc = new CRC32();
        crc.update(head);
        byte[] checksum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        byte[] plain = Gzip.deflate(CONTENT);
        byte[] body = Arrays.copyOfRange(plain, 10, plain.length);

        assertThat(Gzip.inflate(Slice.of(concat(head, checksum, body)), CONTENT.length))
                .isEqualTo(CONTENT);
        for (int changed = 0; changed < checksum.length; changed++) {
            byte[] wrong = checksum.clone();
            wrong[changed] ^= 1;
            assertThat(refusal(concat(head, wrong, body), CONTENT.length)).isEqualTo(DropReason.MALFORMED);
        }
        for (int length = 0; length <= head.length; length++) {
            assertThat(refusal(Arrays.copyOf(head, length), CONTENT.length)).isEqualTo(DropReason.MALFORMED);
        }
    }

    @Test
    void bombEndsAtTheCap() {
        byte[] bomb = bomb(64 << 20);

        assertThat(bomb).hasSizeLessThan(1 << 17);
        assertThat(refusal(bomb, 8 << 20)).isEqualTo(DropReason.TOO_LARGE);
        assertThat(refusal(bomb, 0)).isEqualTo(DropReason.TOO_LARGE);
    }

    @Test
    void announcedLengthIsNotBelieved() {
        byte[] stream = Gzip.deflate(new byte[0]);
        Arrays.fill(stream, stream.length - 4, stream.length, (byte) 0x7f);

        assertThat(refusal(stream, Integer.MAX_VALUE)).isEqualTo(DropReason.MALFORMED);
    }

    private static byte[] bomb(int size) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 16];
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int written = 0; written < size; written += zeros.length) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static DropReason refusal(byte[] stream, int maxBytes) {
        MalformedFrameException refusal =
                catchThrowableOfType(MalformedFrameException.class, () -> Gzip.inflate(Slice.of(stream), maxBytes));
        assertThat(refusal).isNotNull();
        return refusal.reason();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }
}
