package io.psrpc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Java block of every page compiles. (The proto blocks did when the tests were built.) */
class BlocksTest {
    @TempDir
    Path classes;

    static List<Page> pagesWithJava() {
        return Project.pages().stream()
                .filter(page -> !page.blocks("java").isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pagesWithJava")
    void compile(Page page) {
        assertThat(new JavaBlocks(page).compile(classes)).isEmpty();
    }
}
