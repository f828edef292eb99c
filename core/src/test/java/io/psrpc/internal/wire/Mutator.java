package io.psrpc.internal.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes hostile bytes of good ones. The same ones for the same seed. */
final class Mutator {
    private static final int MAX_BYTES = 4_096;

    /** Tags, lengths and varints at the edges of what fits. */
    private static final byte[][] EDGES = {
        {0},
        {(byte) 0x80},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07},
        {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
        {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x10},
        {-1, -1, -1, -1, -1, -1, -1, -1, -1, 0x01},
        {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0x01},
        {(byte) 0x83, 0x01},
        {(byte) 0x84, 0x01},
        {0x0b, 0x0c},
        {0x0e},
        {0x0a, 0x03, (byte) 0xed, (byte) 0xa0, (byte) 0x80},
        {0x1f, (byte) 0x8b, 0x08, 0x1f},
    };

    private final Random random;
    private final List<byte[]> seeds;

    Mutator(long seed, List<byte[]> seeds) {
        random = new Random(seed);
        this.seeds = seeds;
    }

    /** One of the seeds, changed in one to six ways. */
    byte[] next() {
        byte[] bytes = seed();
        for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes.length <= MAX_BYTES ? bytes : Arrays.copyOf(bytes, MAX_BYTES);
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = at + random.nextInt(Math.min(bytes.length - at, 32) + 1);
        return switch (random.nextInt(7)) {
            case 0 -> withBit(bytes);
            case 1 -> withByte(bytes, (byte) random.nextInt());
            case 2 -> spliced(bytes, at, EDGES[random.nextInt(EDGES.length)], at);
            case 3 -> spliced(bytes, at, EDGES[random.nextInt(EDGES.length)], to);
            case 4 -> spliced(bytes, at, new byte[0], to);
            case 5 -> spliced(bytes, at, Arrays.copyOfRange(bytes, at, to), at);
            default -> crossed(bytes, at);
        };
    }

    private byte[] withBit(byte[] bytes) {
        return withByte(bytes, (byte) (1 << random.nextInt(8)));
    }

    /** Changes one byte by the bits of {@code change}. */
    private byte[] withByte(byte[] bytes, byte change) {
        byte[] copy = bytes.clone();
        if (copy.length > 0) {
            copy[random.nextInt(copy.length)] ^= change;
        }
        return copy;
    }

    /** The end of another seed instead of its own. */
    private byte[] crossed(byte[] bytes, int at) {
        byte[] other = seed();
        return spliced(
                bytes, at, Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length), bytes.length);
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    /** {@code bytes} with {@code inner} in place of what is between {@code from} and {@code to}. */
    private static byte[] spliced(byte[] bytes, int from, byte[] inner, int to) {
        byte[] result = Arrays.copyOf(bytes, from + inner.length + bytes.length - to);
        System.arraycopy(inner, 0, result, from, inner.length);
        System.arraycopy(bytes, to, result, from + inner.length, bytes.length - to);
        return result;
    }
}
