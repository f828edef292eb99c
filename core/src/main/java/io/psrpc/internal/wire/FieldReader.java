package io.psrpc.internal.wire;

import java.io.IOException;

/** Collects the fields of one message. */
interface FieldReader {
    /**
     * Reads the field's value if {@code tag}, its number and wire type, is one that it knows.
     *
     * @return false where it does not know it, and has read nothing
     */
    boolean read(int tag, WireInput in) throws IOException;
}
