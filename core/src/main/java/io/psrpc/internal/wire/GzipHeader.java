package io.psrpc.internal.wire;

import java.util.zip.CRC32;

/** A gzip member's header, of which only the length is wanted. */
final class GzipHeader {
    private static final int FIXED_BYTES = 10;
    private static final int DEFLATE = 8;
    private static final int CHECKSUM = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;

    private final byte[] in;
    private final int start;
    private final int end;
    private int position;

    private GzipHeader(byte[] in, int start, int end) {
        this.in = in;
        this.start = start;
        this.end = end;
        position = start;
    }

    /** Where the header that starts at {@code start} ends. */
    static int end(byte[] in, int start, int end) throws MalformedFrameException {
        return new GzipHeader(in, start, end).skip();
    }

    private int skip() throws MalformedFrameException {
        skip(FIXED_BYTES);
        if (byteAt(start) != 0x1f || byteAt(start + 1) != 0x8b || byteAt(start + 2) != DEFLATE) {
            throw MalformedFrameException.malformed("gzip: not a header");
        }
        int flags = byteAt(start + 3);
        if ((flags & EXTRA) != 0) {
            skip(2);
            skip(byteAt(position - 2) | byteAt(position - 1) << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & CHECKSUM) != 0) {
            checkSum();
        }
        return position;
    }

    private void skip(int bytes) throws MalformedFrameException {
        if (end - position < bytes) {
            throw MalformedFrameException.malformed("gzip: cut short");
        }
        position += bytes;
    }

    /** A text ends with a zero byte. */
    private void skipText() throws MalformedFrameException {
        do {
            skip(1);
        } while (byteAt(position - 1) != 0);
    }

    private void checkSum() throws MalformedFrameException {
        CRC32 crc = new CRC32();
        crc.update(in, start, position - start);
        skip(2);
        if ((byteAt(position - 2) | byteAt(position - 1) << 8) != (crc.getValue() & 0xffff)) {
            throw MalformedFrameException.malformed("gzip: wrong header checksum");
        }
    }

    private int byteAt(int index) {
        return in[index] & 0xff;
    }
}
