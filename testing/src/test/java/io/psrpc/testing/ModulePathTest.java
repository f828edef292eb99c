package io.psrpc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.Message;
import io.psrpc.bus.MessageBus;
import io.psrpc.options.Options;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.jspecify.annotations.NonNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.JUnitException;
import org.opentest4j.AssertionFailedError;

/** A user's module, with generated code in it, on the module path. */
class ModulePathTest {
    private static final Path GENERATED = Path.of("target", "generated-test-sources", "protobuf");

    private static final String MODULE = """
            module com.example.fleet {
                requires io.psrpc;
                requires io.psrpc.testing;
            }
            """;

    private static final String PROGRAM = """
            package com.example.fleet;

            import io.psrpc.ServerOptions;
            import io.psrpc.Topic;
            import io.psrpc.bus.BusOptions;
            import io.psrpc.bus.LocalBroker;
            import io.psrpc.bus.MessageBus;
            import io.psrpc.stub.Binding;
            import io.psrpc.stub.RpcServer;
            import io.psrpc.testing.Faults;
            import io.psrpc.testing.ManualTime;

            final class Program {
                private static HelloResponse answer(HelloRequest request) {
                    return HelloResponse.newBuilder().setText("hello " + request.getName()).build();
                }

                public static void main(String[] args) {
                    BusOptions options = BusOptions.builder().time(new ManualTime()).build();
                    Faults faults = Faults.create();
                    try (MessageBus bus = MessageBus.over(faults.around(LocalBroker.create().transport()), options);
                            RpcServer server = RpcServer.create(bus, FleetMethods.SERVICE, ServerOptions.DEFAULT);
                            FleetClient client = FleetClient.create(bus)) {
                        server.register(Binding.unary(FleetMethods.HELLO, Topic.NONE, (ctx, request) -> answer(request)));
                        HelloResponse response = client.hello(HelloRequest.newBuilder().setName("Ada").build());
                        System.out.println(response.getText() + " from " + MessageBus.class.getModule());
                    }
                }
            }
            """;

    @TempDir
    private Path work;

    @Test
    void aServiceIsServedAndCalled() throws IOException, InterruptedException {
        assertThat(compile(PROGRAM)).isEmpty();

        assertThat(run()).isEqualTo("hello Ada from module io.psrpc");
    }

    @Test
    void theEngineIsNotVisible() throws IOException {
        String peeping = PROGRAM.replace("import io.psrpc.bus.LocalBroker;", "import io.psrpc.internal.bus.EngineBus;");

        assertThat(compile(peeping)).contains("package io.psrpc.internal.bus is not visible");
    }

    /** What javac has to say; nothing, if all is well. */
    private String compile(String program) throws IOException {
        Path sources = Files.createDirectory(work.resolve("sources"));
        List<String> args =
                new ArrayList<>(List.of("-proc:none", "-Xlint:all", "-Werror", "--module-path", modulePath()));
        args.addAll(List.of("-d", work.resolve("classes").toString()));
        args.add(Files.writeString(sources.resolve("module-info.java"), MODULE).toString());
        args.add(Files.writeString(sources.resolve("Program.java"), program).toString());
        try (Stream<Path> generated = Files.walk(GENERATED)) {
            generated.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(args::add);
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        ToolProvider.findFirst("javac").orElseThrow().run(out, out, args.toArray(new String[0]));
        return said.toString();
    }

    /** What the program prints. */
    private String run() throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String path = modulePath() + File.pathSeparator + work.resolve("classes");
        Process program = new ProcessBuilder(java, "-p", path, "-m", "com.example.fleet/com.example.fleet.Program")
                .redirectErrorStream(true)
                .start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(printed).isZero();
        return printed.strip();
    }

    /** What a build tool would put there for a project that depends on the library and its testing kit. */
    private static String modulePath() {
        return Stream.of(
                        MessageBus.class,
                        Options.class,
                        ManualTime.class,
                        Message.class,
                        Test.class,
                        API.class,
                        NonNull.class,
                        GuardedBy.class,
                        JUnitException.class,
                        AssertionFailedError.class)
                .map(ModulePathTest::placeOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
