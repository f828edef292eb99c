package io.psrpc.protoc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A protoc of this build, run with the plugin behind its launcher, in a directory of the test's. */
final class Protoc {
    private static final boolean IS_WINDOWS = System.getProperty("os.name").startsWith("Windows");

    /** The versions that the build has: that of the tests' messages, and that of the published classes. */
    static final String NEWEST = System.getProperty("protobuf.version");

    static final String OLDEST = System.getProperty("protobuf.oldest");

    private final Path directory;
    private final Path executable;
    private final Path launcher;

    /** How a run ended, and what it said, line by line. */
    record Outcome(int exit, List<String> messages) {}

    Protoc(String version, Path directory) throws IOException {
        this.directory = directory;
        executable = copyExecutable(fetched(version), directory.resolve("protoc.exe"));
        launcher = installPlugin(Files.createDirectory(directory.resolve("plugin")));
        Files.createDirectory(directory.resolve("out"));
        for (String imported : List.of("options.proto", "google/protobuf/descriptor.proto")) {
            try (InputStream in = Protoc.class.getResourceAsStream("/" + imported)) {
                Path copy = directory.resolve("include").resolve(imported);
                Files.createDirectories(copy.getParent());
                Files.copy(in, copy);
            }
        }
    }

    /**
     * Generates Java from a proto, messages and services.
     *
     * @param root what the proto's path starts from
     * @param arguments for protoc, beside those
     */
    Outcome run(Path root, String proto, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                executable.toString(),
                "--proto_path=" + root,
                "--proto_path=" + directory.resolve("include"),
                "--plugin=protoc-gen-psrpc-java=" + launcher,
                "--java_out=" + directory.resolve("out"),
                "--psrpc-java_out=" + directory.resolve("out"),
                proto));
        command.addAll(Arrays.asList(arguments));
        Path messages = directory.resolve("messages");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(messages.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int exit = builder.start().waitFor();
        return new Outcome(exit, Files.readAllLines(messages, StandardCharsets.UTF_8));
    }

    /** What was written, by path. */
    Map<String, String> written() throws IOException {
        Path out = directory.resolve("out");
        try (Stream<Path> files = Files.walk(out)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> out.relativize(file).toString().replace('\\', '/'),
                            Protoc::content,
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    /** The launcher as users have it, beside a jar that stands for the one with everything inside. */
    private static Path installPlugin(Path directory) throws IOException {
        String script = IS_WINDOWS ? "protoc-gen-psrpc-java.bat" : "protoc-gen-psrpc-java";
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream out = Files.newOutputStream(directory.resolve("protoc-gen-psrpc-java.jar"))) {
            new JarOutputStream(out, manifest).close();
        }
        return copyExecutable(Path.of("src", "main", "scripts", script), directory.resolve(script));
    }

    /** The file that the build itself has fetched to generate messages. */
    private static Path fetched(String version) {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = IS_WINDOWS ? "windows" : os.startsWith("mac") ? "osx" : "linux";
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        return Path.of(
                System.getProperty("protoc.directory"),
                version,
                "protoc-%s-%s-%s.exe".formatted(version, system, processor));
    }

    private static Path copyExecutable(Path from, Path to) throws IOException {
        Files.copy(from, to);
        if (!to.toFile().setExecutable(true)) {
            throw new IOException(to + ": not executable");
        }
        return to;
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
