package io.psrpc.protoc;

/** Names as they stand on the wire, which are those that protoc-gen-go gives to Go's identifiers. */
final class WireNames {
    private WireNames() {}

    /**
     * The wire's form of a service's or method's simple name: an underscore goes where a small letter follows it, and
     * that letter becomes a capital, as does every letter that starts a word; a leading underscore becomes {@code X}.
     */
    static String camelCase(String name) {
        StringBuilder camel = new StringBuilder(name.length());
        boolean inWord = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '_' && i == 0) {
                camel.append('X');
                inWord = false;
            } else if (c == '_' && i + 1 < name.length() && isSmall(name.charAt(i + 1))) {
                inWord = false;
            } else {
                camel.append(isSmall(c) && !inWord ? (char) (c - 'a' + 'A') : c);
                inWord = !isDigit(c);
            }
        }
        return camel.toString();
    }

    /** The form of a topic's part: the same, but for the first letter. */
    static String lowerCamelCase(String name) {
        String camel = camelCase(name);
        char first = camel.charAt(0);
        return isCapital(first) ? (char) (first - 'A' + 'a') + camel.substring(1) : camel;
    }

    /** True for what proto allows as a name; options carry any string. */
    static boolean isIdentifier(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*");
    }

    static boolean isSmall(char c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
