package io.psrpc;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/** Checks what users set; what is refused is told as {@code name: value (expected: …)}. */
final class Check {
    /** The longest that fits into nanoseconds, 292 years: whoever keeps a duration may convert it. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private static final int ID_CHARACTERS = 256;

    private Check() {}

    static Duration positive(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isZero() || value.isNegative()) {
            throw refused(name, text(value), "> 0");
        }
        return saturated(value);
    }

    static Duration notNegative(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.isNegative()) {
            throw refused(name, text(value), ">= 0");
        }
        return saturated(value);
    }

    static int positive(String name, int value) {
        if (value <= 0) {
            throw refused(name, value, "> 0");
        }
        return value;
    }

    static float number(String name, float value) {
        if (Float.isNaN(value)) {
            throw refused(name, value, "a number");
        }
        return value;
    }

    static String id(String name, String value) {
        Objects.requireNonNull(value, name);
        if (value.isEmpty() || value.length() > ID_CHARACTERS) {
            throw refused(name, value.length() + " characters", "1 to " + ID_CHARACTERS);
        }
        return wellFormed(name, value);
    }

    /** Half a surrogate pair has no counterpart on the wire. */
    static String wellFormed(String name, String text) {
        int i = 0;
        while (i < text.length()) {
            int point = text.codePointAt(i);
            if (Character.getType(point) == Character.SURROGATE) {
                throw refused(name, String.format("\\u%04x at index %d", point, i), "no lone surrogate");
            }
            i += Character.charCount(point);
        }
        return text;
    }

    static IllegalArgumentException refused(String name, Object value, String expected) {
        return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }

    private static Duration saturated(Duration value) {
        return value.compareTo(LONGEST) > 0 ? LONGEST : value;
    }

    private static String text(Duration value) {
        return value.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}
