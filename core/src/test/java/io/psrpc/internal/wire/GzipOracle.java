package io.psrpc.internal.wire;

import io.psrpc.bus.BusStats.DropReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Compares what we inflate with what the platform's gzip stream does, which lets garbage after a member pass. */
final class GzipOracle {
    private static final int MAX_BYTES = 1 << 16;

    private GzipOracle() {}

    static void check(byte[] stream) {
        byte[] expected = platform(stream);
        byte[] actual;
        try {
            actual = Gzip.inflate(Slice.of(stream), MAX_BYTES);
        } catch (MalformedFrameException e) {
            if (!mayBeRefused(stream, expected, e.reason())) {
                throw new AssertionError("refused: " + HexFormat.of().formatHex(stream), e);
            }
            return;
        }
        if (!Arrays.equals(actual, expected)) {
            throw new AssertionError("inflated otherwise: " + HexFormat.of().formatHex(stream));
        }
    }

    private static boolean mayBeRefused(byte[] stream, byte @Nullable [] expected, DropReason reason) {
        return switch (reason) {
            case TOO_LARGE -> expected == null || expected.length > MAX_BYTES;
            case MALFORMED -> expected == null || hasMembersThenGarbage(stream, expected);
            default -> false;
        };
    }

    /** Null: broken. One byte more than the limit: at least that. */
    private static byte @Nullable [] platform(byte[] stream) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(stream))) {
            return gzip.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean hasMembersThenGarbage(byte[] stream, byte[] expected) {
        for (int length = stream.length - 1; length > 0; length--) {
            try {
                return Arrays.equals(Gzip.inflate(new Slice(stream, 0, length), MAX_BYTES), expected);
            } catch (MalformedFrameException e) {
                // Not the end of a member: shorter, then.
            }
        }
        return false;
    }
}
