package io.psrpc.stub;

import java.util.Objects;

/** Checks names that stand in the names of channels: they must be one part on every broker. */
final class WireName {
    private static final String RESERVED = ".|*>";

    private WireName() {}

    static String checked(String role, String name) {
        Objects.requireNonNull(name, role);
        if (name.isEmpty() || !name.chars().allMatch(WireName::isAllowed)) {
            throw new IllegalArgumentException(role + ": " + name
                    + " (expected: a name without whitespace, control characters and any of " + RESERVED + ")");
        }
        return name;
    }

    private static boolean isAllowed(int c) {
        return !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                && RESERVED.indexOf(c) < 0;
    }
}
