package io.psrpc.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every message of the library is explained on the page that people search for it. */
class MessagesTest {
    private static final Path SOURCES = Project.ROOT.resolve("core/src/main/java");
    private static final Path PAGE = Project.ROOT.resolve("docs/guides/troubleshooting.md");
    private static final Pattern COMMENT = Pattern.compile("(?s:/\\*.*?\\*/)|(?m:^\\s*//.*$)");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern VARIABLE = Pattern.compile("%s|%d|\\{\\d}|\\\\\\S");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z']{2,}(,? [A-Za-z']+)+");

    /** What tells programmers of the library alone that they have broken it, and what waits for the wire of v0.1. */
    private static final Set<String> NOT_FOR_USERS = Set.of(
            "access: installed already (expected: once)",
            "completed without a failure only",
            "writing to memory",
            " (expected: at most one part)");

    @Test
    void areExplained() throws IOException {
        String page = plain(Files.readString(PAGE));
        List<String> messages = messages();

        assertThat(messages).hasSizeGreaterThan(140);
        assertThat(messages.stream().filter(words -> !page.contains(words)))
                .as("of the library's messages, those that docs/guides/troubleshooting.md does not explain")
                .isEmpty();
    }

    private static List<String> messages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(MessagesTest::literals)
                    .filter(literal -> !NOT_FOR_USERS.contains(literal))
                    .flatMap(literal -> Stream.of(VARIABLE.split(literal)))
                    .flatMap(fixed -> WORDS.matcher(plain(fixed)).results().map(MatchResult::group))
                    .distinct()
                    .toList();
        }
    }

    private static Stream<String> literals(Path file) {
        try {
            String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
            return LITERAL.matcher(code).results().map(match -> match.group(1)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what Markdown and message formats add. */
    private static String plain(String text) {
        return text.replace("`", "").replace("''", "'").replaceAll("\\s+", " ");
    }
}
