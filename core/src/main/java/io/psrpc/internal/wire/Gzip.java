package io.psrpc.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Gzip, RFC 1952, within memory. */
public final class Gzip {
    private Gzip() {}

    /**
     * What {@code stream}, one or more gzip members and nothing after them, inflates to. Takes no more memory than a few
     * times what it has inflated so far, whatever the stream announces.
     *
     * @param maxBytes how much it may be
     * @throws MalformedFrameException where the stream is broken or cut short ({@code MALFORMED}), or inflates to more
     *     ({@code TOO_LARGE})
     */
    public static byte[] inflate(Slice stream, int maxBytes) throws MalformedFrameException {
        return new GzipReader(stream, maxBytes).readAll();
    }

    /** One gzip member. The same bytes for the same content. */
    static byte[] deflate(byte[] content) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream(Math.max(64, content.length / 2));
        try (GZIPOutputStream gzip = new GZIPOutputStream(stream)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return stream.toByteArray();
    }
}
