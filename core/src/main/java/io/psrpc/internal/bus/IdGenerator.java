package io.psrpc.internal.bus;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes ids as peers write them: a prefix and 12 letters or digits. Seeded once, then a counter through a mixing function (SplitMix64,
 * Steele et al. 2014): unique within a process for all practical purposes, without a shared lock.
 */
public final class IdGenerator {
    private static final byte[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int RANDOM_LENGTH = 12;
    private static final int PREFIX_LENGTH = 4;

    private final AtomicLong state;

    /** Ids of its own for each seed. */
    public IdGenerator(long seed) {
        state = new AtomicLong(seed);
    }

    /** {@code REQ_} and 12 random characters. */
    public String requestId() {
        return next((byte) 'R', (byte) 'E', (byte) 'Q');
    }

    /** {@code CLI_} and 12 random characters. */
    public String clientId() {
        return next((byte) 'C', (byte) 'L', (byte) 'I');
    }

    /** {@code SRV_} and 12 random characters. */
    public String serverId() {
        return next((byte) 'S', (byte) 'R', (byte) 'V');
    }

    private String next(byte first, byte second, byte third) {
        byte[] id = new byte[PREFIX_LENGTH + RANDOM_LENGTH];
        id[0] = first;
        id[1] = second;
        id[2] = third;
        id[3] = '_';
        long low = mix(state.getAndAdd(GOLDEN_GAMMA << 1));
        long high = mix(low + GOLDEN_GAMMA);
        fill(id, PREFIX_LENGTH, low);
        fill(id, PREFIX_LENGTH + RANDOM_LENGTH / 2, high);
        return new String(id, StandardCharsets.ISO_8859_1);
    }

    private static void fill(byte[] id, int from, long bits) {
        long rest = bits >>> 1;
        for (int i = from; i < from + RANDOM_LENGTH / 2; i++) {
            id[i] = ALPHABET[(int) (rest % ALPHABET.length)];
            rest /= ALPHABET.length;
        }
    }

    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
