package io.psrpc.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The project whose documentation is checked. */
final class Project {
    static final Path ROOT =
            Path.of(System.getProperty("documentation.root", "..")).normalize();

    private Project() {}

    static List<Page> pages() {
        try {
            return Page.all(ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
