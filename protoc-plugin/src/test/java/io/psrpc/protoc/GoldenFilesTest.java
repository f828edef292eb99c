package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compares what is generated with {@code src/test/resources/golden}; {@code -Dgolden.update=true} writes it anew. */
@Rows("G01")
class GoldenFilesTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

    @ParameterizedTest
    @FieldSource("io.psrpc.protoc.TestProtos#CASES")
    void outputIsAsCheckedIn(String proto) throws IOException {
        Path directory = GOLDEN.resolve(proto.replaceFirst("\\.proto$", ""));
        Map<String, String> generated = new TreeMap<>(TestProtos.sources(proto));
        if (Boolean.getBoolean("golden.update")) {
            replace(directory, generated);
        }
        assertThat(read(directory)).isEqualTo(generated);
    }

    private static Map<String, String> read(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.filter(Files::isRegularFile).forEach(path -> files.put(name(directory, path), content(path)));
        }
        return files;
    }

    private static void replace(Path directory, Map<String, String> files) throws IOException {
        delete(directory);
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private static String name(Path directory, Path path) {
        return directory.relativize(path).toString().replace('\\', '/');
    }

    private static String content(Path path) {
        try {
            return Files.readString(path).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
