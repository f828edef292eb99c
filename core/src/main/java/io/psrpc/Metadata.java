package io.psrpc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What a call carries beside its request: string pairs of a bounded size. */
final class Metadata {
    private static final int MAX_BYTES = 64 << 10;

    private Metadata() {}

    /** Both, where {@code added} wins. */
    static Map<String, String> merged(Map<String, String> present, Map<String, String> added) {
        Map<String, String> merged = new LinkedHashMap<>(present);
        Objects.requireNonNull(added, "metadata").forEach((key, value) -> {
            Check.wellFormed("metadata key", Objects.requireNonNull(key, "key"));
            Check.wellFormed("metadata value", Objects.requireNonNull(value, "value"));
            merged.put(key, value);
        });
        long bytes = 0;
        for (Map.Entry<String, String> entry : merged.entrySet()) {
            bytes += utf8Bytes(entry.getKey()) + utf8Bytes(entry.getValue());
        }
        if (bytes > MAX_BYTES) {
            throw Check.refused("metadata", bytes + " bytes", "<= " + MAX_BYTES);
        }
        return Collections.unmodifiableMap(merged);
    }

    private static long utf8Bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Half a pair is half of four bytes.
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes;
    }
}
