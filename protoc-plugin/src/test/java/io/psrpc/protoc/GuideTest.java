package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the guide tells users to write for their build tools is what has been tried with them. */
class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guides", "generator.md");
    private static final Path TRIED = Path.of("src", "it");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(xml|kotlin)\\n(.*?)^```$");

    @Test
    void buildFilesAreThoseThatWereTried() throws IOException {
        List<String> tried;
        try (Stream<Path> files = Files.walk(TRIED)) {
            tried = files.filter(Files::isRegularFile).map(GuideTest::text).toList();
        }
        List<String> shown = BLOCK.matcher(Files.readString(GUIDE))
                .results()
                .map(MatchResult::group)
                .map(block -> BLOCK.matcher(block).replaceFirst("$2"))
                .map(GuideTest::withoutIndent)
                .toList();
        assertThat(shown)
                .hasSizeGreaterThan(4)
                .allSatisfy(block -> assertThat(tried).anyMatch(file -> file.contains(block)));
    }

    private static String text(Path file) {
        try {
            return withoutIndent(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutIndent(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
