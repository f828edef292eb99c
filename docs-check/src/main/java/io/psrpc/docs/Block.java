package io.psrpc.docs;

import java.util.List;
import java.util.Locale;

/**
 * A fenced block of a page.
 *
 * @param page the page's path from the project's directory
 * @param line the number of its first line within the fence
 * @param language what stands behind the fence: {@code java}, {@code proto}
 * @param given declarations that a comment above the block adds to what it may use; may be empty
 * @param lines the block itself
 */
record Block(String page, int line, String language, String given, List<String> lines) {
    String text() {
        return String.join("\n", lines);
    }

    /** The page's path as a name that Java and protoc take: {@code docs_guides_calls}. */
    String slug() {
        return page.replaceFirst("\\.md$", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }
}
