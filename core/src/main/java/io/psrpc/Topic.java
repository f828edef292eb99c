package io.psrpc;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a method is called or served for: a region, a room. Matched part by part, exactly.
 *
 * @param parts the values of the method's topic names, in their order; unmodifiable
 */
public record Topic(List<String> parts) {
    /** The topic of methods that have none. */
    public static final Topic NONE = new Topic(List.of());

    /**
     * Copies the parts.
     *
     * @throws IllegalArgumentException if a part has a lone surrogate, which has no counterpart on the wire
     */
    public Topic {
        String[] copy = Objects.requireNonNull(parts, "parts").toArray(String[]::new);
        for (int i = 0; i < copy.length; i++) {
            String name = "parts[" + i + "]";
            Check.wellFormed(name, Objects.requireNonNull(copy[i], name));
        }
        parts = List.of(copy);
    }

    /** The topic with these parts. */
    public static Topic of(String... parts) {
        return parts.length == 0 ? NONE : new Topic(Arrays.asList(parts));
    }

    /**
     * One part, counted from 0.
     *
     * @throws IndexOutOfBoundsException if there is no such part
     */
    public String part(int index) {
        if (index < 0 || index >= parts.size()) {
            throw new IndexOutOfBoundsException("index: " + index + " (expected: that of a part of " + this + ")");
        }
        return parts.get(index);
    }

    /** The parts between brackets: {@code [eu, r7]}. */
    @Override
    public String toString() {
        return parts.toString();
    }
}
