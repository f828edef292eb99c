package io.psrpc.internal.wire;

import java.util.Map;

/**
 * The bounds within which frames are read, stricter than protobuf's own: a frame beyond one of them is malformed. What
 * we write keeps to them as well, so that no peer of ours drops it.
 */
public final class WireLimits {
    /** The longest request, client or server id, in UTF-16 units. */
    public static final int MAX_ID_CHARACTERS = 256;

    /** The most bytes that the metadata of one message may take on the wire, each entry without its own tag and length. */
    public static final int MAX_METADATA_BYTES = 64 * 1024;

    /** The most metadata entries of one message, repeated keys counted each time. */
    public static final int MAX_METADATA_ENTRIES = 1_000;

    /** The most detail messages of one error. */
    public static final int MAX_DETAILS = 1_000;

    private WireLimits() {}

    /**
     * Checks that {@code metadata} may be written.
     *
     * @throws IllegalArgumentException where it has too many entries or takes too many bytes
     */
    public static void checkMetadata(Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            return;
        }
        if (metadata.size() > MAX_METADATA_ENTRIES) {
            throw new IllegalArgumentException(
                    "metadata: " + metadata.size() + " entries (expected: <= " + MAX_METADATA_ENTRIES + ")");
        }
        long bytes = MetadataWriter.contentSize(metadata);
        if (bytes > MAX_METADATA_BYTES) {
            throw new IllegalArgumentException(
                    "metadata: " + bytes + " bytes (expected: <= " + MAX_METADATA_BYTES + ")");
        }
    }
}
