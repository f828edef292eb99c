package io.psrpc.internal.wire;

import java.io.IOException;
import java.util.Map;

/** Writes a {@code map<string, string>} in the map's order: one embedded message per entry, key and value always there. */
final class MetadataWriter {
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private MetadataWriter() {}

    static void write(FieldSink sink, int field, Map<String, String> metadata) throws IOException {
        if (metadata.isEmpty()) {
            return;
        }
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            sink.embedded(field, entry(entry));
        }
    }

    /** What counts towards {@link WireLimits#MAX_METADATA_BYTES}. */
    static long contentSize(Map<String, String> metadata) {
        long bytes = 0;
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            bytes += FieldSink.sizeOf(entry(entry));
        }
        return bytes;
    }

    private static Body entry(Map.Entry<String, String> entry) {
        return sink -> {
            sink.anyText(KEY, entry.getKey());
            sink.anyText(VALUE, entry.getValue());
        };
    }
}
