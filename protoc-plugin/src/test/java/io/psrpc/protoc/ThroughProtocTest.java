package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import io.psrpc.protoc.Protoc.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What someone sees who runs protoc by hand. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ThroughProtocTest {
    private static final Path PROTOS = Path.of("src", "test", "protobuf");

    @TempDir
    Path directory;

    private Protoc protoc;

    @BeforeEach
    void install() throws IOException {
        protoc = new Protoc(Protoc.NEWEST, directory);
    }

    /** The example on the page of the first published version, as it stands there. */
    @Test
    @Rows("G01")
    void theExampleOfGosFirstVersionCompilesUnchangedAndRuns() throws Exception {
        Path root = Path.of("src", "test", "resources");
        Outcome outcome = protoc.run(root, "v0.1.0/my_service.proto");
        assertThat(outcome.exit()).as(outcome.toString()).isZero();
        Path classes = Files.createDirectory(directory.resolve("classes"));
        assertThat(GeneratedClasses.compile(classes, protoc.written())).isEmpty();
        GeneratedCodeRunsTest.runServices(classes, "", GoMethod.of("v0.1.0/my_service.proto"));
    }

    @Test
    @Rows("G01")
    void itWritesWhatTheGeneratorAnswers() throws Exception {
        Outcome outcome = protoc.run(PROTOS, "cases/comments.proto");
        assertThat(outcome.exit()).isZero();
        assertThat(protoc.written()).containsAllEntriesOf(TestProtos.sources("cases/comments.proto"));
        assertThat(outcome.messages()).hasSize(1).first().asString().startsWith("warning: cases/comments.proto: ");
    }

    @Test
    @Rows("G01")
    void ofTwoOldSpellingsTheLaterLineWins() throws Exception {
        Files.writeString(directory.resolve("two.proto"), """
                syntax = "proto3";
                package two;
                import "options.proto";
                message Value {}
                service Two {
                  rpc Call(Value) returns (Value) {
                    option (psrpc.options).multi = true;
                    option (psrpc.options).affinity_func = true;
                  }
                }
                """);
        assertThat(protoc.run(directory, "two.proto").exit()).isZero();
        assertThat(protoc.written().get("two/TwoMethods.java")).contains(".routing(MethodInfo.Routing.AFFINITY)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "group_names", "wire_names", "java_names", "service_classes", "topic_records"})
    @Rows("G02")
    void aRefusalIsOneMessage(String refused) throws Exception {
        String proto = "refused/" + refused + ".proto";
        String message = TestProtos.generate(TestProtos.request(proto)).getError();
        assertThat(protoc.run(PROTOS, proto)).satisfies(outcome -> {
            assertThat(outcome.exit()).isEqualTo(1);
            assertThat(outcome.messages()).containsExactly("--psrpc-java_out: " + message);
        });
        assertThat(protoc.written()).isEmpty();
    }

    @Test
    @Rows("G02")
    void soIsAnUnknownParameter() throws Exception {
        assertThat(protoc.run(PROTOS, "cases/empty.proto", "--psrpc-java_opt=paths=source_relative"))
                .satisfies(outcome -> {
                    assertThat(outcome.exit()).isEqualTo(1);
                    assertThat(outcome.messages())
                            .containsExactly("--psrpc-java_out: parameter: paths=source_relative"
                                    + " (expected: none; this plugin knows no parameters)");
                });
    }

    @Test
    @Rows("G02")
    void aQueueMethodBesideAQueueSubscriptionIsAWarning() throws Exception {
        Outcome outcome = protoc.run(Path.of("src", "test", "resources"), "v0.1.0/my_service.proto");
        assertThat(outcome.exit()).isZero();
        assertThat(outcome.messages())
                .singleElement()
                .asString()
                .startsWith(
                        "warning: v0.1.0/my_service.proto:"
                                + " MyService.ProcessUpdate: queue subscription beside queue methods NormalRPC on topics of the same shape");
    }
}
