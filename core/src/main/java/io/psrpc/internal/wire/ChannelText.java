package io.psrpc.internal.wire;

/** Text within channel names: letters, digits and underscores of ASCII stay, everything else is spelt out in hex. */
final class ChannelText {
    private static final String DIGITS = "0123456789abcdef";

    private ChannelText() {}

    /** Appends {@code text}; {@code what} names it if it is refused. */
    static void appendSanitised(StringBuilder name, String what, String text) {
        int plain = plainPrefix(text);
        name.append(text, 0, plain);
        for (int i = plain; i < text.length(); ) {
            int codePoint = codePointAt(text, i, what);
            if (isPlain(codePoint)) {
                name.append((char) codePoint);
            } else if (Character.isBmpCodePoint(codePoint)) {
                appendHex(name.append("u+"), codePoint, 4);
            } else {
                appendHex(name.append("U+"), codePoint, 8);
            }
            i += Character.charCount(codePoint);
        }
    }

    /** Refuses lone surrogates. */
    static void check(String what, String text) {
        for (int i = plainPrefix(text); i < text.length(); ) {
            i += Character.charCount(codePointAt(text, i, what));
        }
    }

    private static int plainPrefix(String text) {
        int i = 0;
        while (i < text.length() && isPlain(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int codePointAt(String text, int index, String what) {
        int codePoint = text.codePointAt(index);
        if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            throw new IllegalArgumentException(what + ": U+" + Integer.toHexString(codePoint) + " at index " + index
                    + " (expected: no lone surrogate)");
        }
        return codePoint;
    }

    private static boolean isPlain(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '_';
    }

    private static void appendHex(StringBuilder name, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            name.append(DIGITS.charAt(value >> shift & 0xf));
        }
    }
}
