package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.options.Options;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A user's program with messages of the oldest and of the newest protoc, on the oldest and on the newest protobuf-java: what is
 * generated, the published classes and the runtime work on both.
 */
@Rows("G01")
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProtobufVersionsTest {
    private static final Path GREETER = Path.of("src", "it", "greeter");

    /** Uses what is published, and then starts the greeter. */
    private static final String PROGRAM = """
            package com.example.greeter;

            import com.google.protobuf.ExtensionRegistry;
            import com.google.protobuf.Message;
            import io.psrpc.options.OptionsOuterClass;
            import io.psrpc.wire.Request;

            /** The program of a user. */
            public final class Program {
                private Program() {}

                /** Names the protobuf-java that it runs on. */
                public static void main(String[] arguments) throws Exception {
                    ExtensionRegistry registry = ExtensionRegistry.newInstance();
                    OptionsOuterClass.registerAllExtensions(registry);
                    Request request = Request.newBuilder().setRequestId("R").putMetadata("k", "v").build();
                    if (!Request.parseFrom(request.toByteArray(), registry).equals(request)) {
                        throw new AssertionError(request);
                    }
                    System.out.println(Message.class.getProtectionDomain().getCodeSource().getLocation());
                    Main.main(arguments);
                }
            }
            """;

    @TempDir
    Path directory;

    static Stream<Arguments> versions() {
        return Stream.of(
                Arguments.of(Protoc.OLDEST, Protoc.OLDEST),
                Arguments.of(Protoc.OLDEST, Protoc.NEWEST),
                Arguments.of(Protoc.NEWEST, Protoc.NEWEST));
    }

    @ParameterizedTest(name = "messages of {0} on {1}")
    @MethodSource("versions")
    void compilesAndRuns(String protocVersion, String runtimeVersion) throws Exception {
        Protoc protoc = new Protoc(protocVersion, directory);
        assertThat(protoc.run(GREETER, "greeter.proto").exit()).isZero();
        Map<String, String> sources = protoc.written();
        sources.put("com/example/greeter/Main.java", Files.readString(GREETER.resolve("Main.java")));
        sources.put("com/example/greeter/Program.java", PROGRAM);
        Path classes = Files.createDirectory(directory.resolve("classes"));
        String libraries = libraries(protobuf(runtimeVersion));
        assertThat(GeneratedClasses.compile(classes, sources, libraries)).isEmpty();
        assertThat(run(classes + File.pathSeparator + libraries))
                .contains("/protobuf-java-" + runtimeVersion + ".jar")
                .endsWith("Hello, you, from Oslo!\n");
    }

    private String run(String classPath) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-cp", classPath, "com.example.greeter.Program", "you")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.waitFor();
        return Files.readString(output).replace("\r\n", "\n");
    }

    private static String libraries(Path protobuf) throws URISyntaxException {
        return Stream.of(protobuf, location(MessageBus.class), location(Options.class))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path protobuf(String version) throws URISyntaxException {
        return version.equals(Protoc.OLDEST)
                ? Path.of("target", "oldest", "protobuf-java-" + version + ".jar")
                : location(Message.class);
    }

    private static Path location(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
