package io.psrpc.internal.wire;

import io.psrpc.bus.BusStats.DropReason;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one stream, once. The platform's own gzip stream takes garbage after a member for the end, where peers drop
 * the frame.
 */
final class GzipReader {
    private static final int TRAILER_BYTES = 8;
    private static final int SMALLEST_BUFFER = 64;

    private final byte[] in;
    private final int end;
    private int position;

    private final int maxBytes;
    private byte[] out;
    private int count;

    GzipReader(Slice stream, int maxBytes) {
        in = stream.array();
        position = stream.offset();
        end = stream.offset() + stream.length();
        this.maxBytes = maxBytes;
        out = new byte[capacity(2L * stream.length())];
    }

    byte[] readAll() throws MalformedFrameException {
        Inflater inflater = new Inflater(true);
        try {
            do {
                readMember(inflater);
            } while (position < end);
        } catch (DataFormatException e) {
            throw MalformedFrameException.malformed("gzip: broken deflate data");
        } finally {
            inflater.end();
        }
        return count == out.length ? out : Arrays.copyOf(out, count);
    }

    private void readMember(Inflater inflater) throws DataFormatException, MalformedFrameException {
        position = GzipHeader.end(in, position, end);
        int memberStart = count;
        inflater.reset();
        inflater.setInput(in, position, end - position);
        while (!inflater.finished()) {
            inflateSome(inflater);
        }
        position = end - inflater.getRemaining();
        checkTrailer(memberStart);
    }

    private void inflateSome(Inflater inflater) throws DataFormatException, MalformedFrameException {
        if (count == out.length) {
            out = Arrays.copyOf(out, capacity(2L * count));
        }
        int inflated = inflater.inflate(out, count, out.length - count);
        count += inflated;
        if (count > maxBytes) {
            throw new MalformedFrameException(DropReason.TOO_LARGE, "gzip: inflates to more than " + maxBytes);
        }
        if (inflated == 0 && !inflater.finished()) {
            throw MalformedFrameException.malformed(
                    inflater.needsDictionary() ? "gzip: preset dictionary" : "gzip: cut short");
        }
    }

    /** Room for one byte more than allowed, which tells that there is more. */
    private int capacity(long wanted) {
        return (int) Math.min(Math.max(wanted, SMALLEST_BUFFER), maxBytes + 1L);
    }

    private void checkTrailer(int memberStart) throws MalformedFrameException {
        if (end - position < TRAILER_BYTES) {
            throw MalformedFrameException.malformed("gzip: cut short");
        }
        CRC32 crc = new CRC32();
        crc.update(out, memberStart, count - memberStart);
        if (littleEndian32(position) != (int) crc.getValue() || littleEndian32(position + 4) != count - memberStart) {
            throw MalformedFrameException.malformed("gzip: wrong checksum or length");
        }
        position += TRAILER_BYTES;
    }

    private int littleEndian32(int at) {
        return (in[at] & 0xff) | (in[at + 1] & 0xff) << 8 | (in[at + 2] & 0xff) << 16 | in[at + 3] << 24;
    }
}
