package io.psrpc.internal.wire;

import com.google.protobuf.Message;

/** Type URLs, of which only what follows the last slash counts; a bare name is taken too. */
final class TypeUrls {
    private static final String PREFIX = "type.googleapis.com/";

    private TypeUrls() {}

    /** The type URL that we write for {@code fullName}. */
    static String of(String fullName) {
        return PREFIX + fullName;
    }

    /** The type URL of a user's message. */
    static String of(Message message) {
        return of(message.getDescriptorForType().getFullName());
    }

    /** Whether {@code typeUrl} names the type {@code fullName}, compared without decoding. */
    static boolean isType(Slice typeUrl, String fullName) {
        int start = typeUrl.length() - fullName.length();
        if (start < 0 || (start > 0 && byteAt(typeUrl, start - 1) != '/')) {
            return false;
        }
        for (int i = 0; i < fullName.length(); i++) {
            if (byteAt(typeUrl, start + i) != fullName.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The full name that {@code typeUrl} ends with. */
    static String typeName(Slice typeUrl) {
        String url = typeUrl.text();
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static int byteAt(Slice slice, int index) {
        return slice.array()[slice.offset() + index];
    }
}
