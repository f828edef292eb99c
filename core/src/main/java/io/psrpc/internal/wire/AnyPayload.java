package io.psrpc.internal.wire;

import static com.google.protobuf.WireFormat.WIRETYPE_LENGTH_DELIMITED;

import com.google.protobuf.Any;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A payload that says what type it is of: how the {@code V0_1} profile carries them.
 *
 * @param typeUrl names the type; see {@link #isType}
 * @param value the payload's bytes
 */
public record AnyPayload(Slice typeUrl, Slice value) {
    /** Whether the payload is of the type {@code fullName}. */
    public boolean isType(String fullName) {
        return TypeUrls.isType(typeUrl, fullName);
    }

    /** The full name of the payload's type. */
    public String typeName() {
        return TypeUrls.typeName(typeUrl);
    }

    /** Reads an {@code Any}, one that comes in several pieces too. */
    static final class Fields implements FieldReader {
        private static final int TYPE_URL = Any.TYPE_URL_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;
        private static final int VALUE = Any.VALUE_FIELD_NUMBER << 3 | WIRETYPE_LENGTH_DELIMITED;

        private Slice typeUrl = Slice.EMPTY;
        private Slice value = Slice.EMPTY;

        /** Reads the next piece, on top of those before. */
        static Fields read(WireInput in, @Nullable Fields before) throws IOException {
            Fields fields = before == null ? new Fields() : before;
            in.embedded(fields);
            return fields;
        }

        @Override
        public boolean read(int tag, WireInput in) throws IOException {
            switch (tag) {
                case TYPE_URL -> typeUrl = in.utf8();
                case VALUE -> value = in.bytes();
                default -> {
                    return false;
                }
            }
            return true;
        }

        AnyPayload payload() {
            return new AnyPayload(typeUrl, value);
        }

        /** A copy, since details outlive their frame. */
        Any copy() {
            return Any.newBuilder()
                    .setTypeUrl(typeUrl.text())
                    .setValue(value.toByteString())
                    .build();
        }
    }
}
