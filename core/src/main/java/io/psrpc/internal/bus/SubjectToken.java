package io.psrpc.internal.bus;

/** What may be one token of a subject, on brokers whose addresses are made of tokens. */
public final class SubjectToken {
    private SubjectToken() {}

    /** True: neither empty, nor with a space, a control character, {@code .}, {@code *} or {@code >}. */
    public static boolean isOne(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == '.' || c == '*' || c == '>' || c == 0x7f) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
