package io.psrpc.internal.wire;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A piece of a frame, not copied: it keeps the whole array alive. Two slices are equal when their bytes are. Nobody
 * changes the array.
 *
 * @param array what it is a piece of
 * @param offset where it starts
 * @param length how many bytes it has
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its bytes, below
public record Slice(byte[] array, int offset, int length) {
    /** No bytes, and no frame kept. */
    public static final Slice EMPTY = new Slice(new byte[0], 0, 0);

    /** Checks that the piece lies within the array. */
    public Slice {
        Objects.checkFromIndexSize(offset, length, array.length);
    }

    /** All of {@code array}. */
    public static Slice of(byte[] array) {
        return new Slice(array, 0, array.length);
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** A copy, which keeps no frame alive. */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, offset, offset + length);
    }

    /** A copy, which keeps no frame alive. */
    public ByteString toByteString() {
        return ByteString.copyFrom(array, offset, length);
    }

    /** The text that the bytes are in UTF-8. */
    String text() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice slice
                && Arrays.equals(
                        array, offset, offset + length, slice.array, slice.offset, slice.offset + slice.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The length alone: payloads do not belong into logs. */
    @Override
    public String toString() {
        return "Slice[" + length + " bytes]";
    }
}
