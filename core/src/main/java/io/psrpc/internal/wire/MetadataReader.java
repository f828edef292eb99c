package io.psrpc.internal.wire;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a {@code map<string, string>}, which comes as one embedded message per entry. */
final class MetadataReader implements FieldReader {
    private static final int KEY = 1 << 3 | WIRETYPE_LENGTH_DELIMITED;
    private static final int VALUE = 2 << 3 | WIRETYPE_LENGTH_DELIMITED;

    private final Map<String, String> entries = new LinkedHashMap<>();
    private int count;
    private int bytes;
    private String key = "";
    private String value = "";

    /** Reads the next entry, beside those before; the last one of a key wins. */
    static MetadataReader readEntry(WireInput in, @Nullable MetadataReader before) throws IOException {
        MetadataReader reader = before == null ? new MetadataReader() : before;
        reader.readEntry(in);
        return reader;
    }

    private void readEntry(WireInput in) throws IOException {
        key = "";
        value = "";
        if (++count > WireLimits.MAX_METADATA_ENTRIES) {
            throw MalformedFrameException.malformed("metadata: more entries than " + WireLimits.MAX_METADATA_ENTRIES);
        }
        in.embedded(this);
        entries.put(key, value);
    }

    @Override
    public boolean read(int tag, WireInput in) throws IOException {
        if (tag != KEY && tag != VALUE) {
            // Unlike in other messages.
            return in.skipStrictly(tag);
        }
        int before = in.position();
        String text = in.text();
        if (tag == KEY) {
            key = text;
        } else {
            value = text;
        }
        // The tag is one byte.
        bytes += 1 + in.position() - before;
        if (bytes > WireLimits.MAX_METADATA_BYTES) {
            throw MalformedFrameException.malformed("metadata: more bytes than " + WireLimits.MAX_METADATA_BYTES);
        }
        return true;
    }

    Map<String, String> metadata() {
        return Collections.unmodifiableMap(entries);
    }
}
