package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse.Feature;
import io.psrpc.behaviours.Rows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as protoc runs it: a process. */
class MainTest {
    @TempDir
    Path directory;

    @Test
    void answersOnStandardOutputAndWarnsOnStandardError() throws Exception {
        CodeGeneratorRequest request = TestProtos.request("my_service.proto");
        assertThat(run(request)).isEqualTo(TestProtos.generate(request));
        assertThat(Files.readString(directory.resolve("stderr"), StandardCharsets.UTF_8))
                .startsWith("warning: my_service.proto: MyService.ProcessUpdate: ")
                .hasLineCount(1);
    }

    @Test
    @Rows("G01")
    void answersTheSameInEveryProcess() throws Exception {
        CodeGeneratorRequest request = TestProtos.request(TestProtos.CASES.toArray(String[]::new));
        assertThat(run(request)).isEqualTo(run(request)).isEqualTo(TestProtos.generate(request));
    }

    @Test
    void refusesInTheResponse() throws Exception {
        CodeGeneratorResponse response = run(TestProtos.request("refused/stream.proto"));
        assertThat(response.getError()).startsWith("refused/stream.proto: Fleet.Relay: ");
    }

    @Test
    void knowsProto3OptionalAndEditions() throws Exception {
        CodeGeneratorResponse response = run(TestProtos.request("cases/edition.proto"));
        assertThat(response.getSupportedFeatures() & Feature.FEATURE_PROTO3_OPTIONAL_VALUE)
                .isNotZero();
        assertThat(response.getSupportedFeatures() & Feature.FEATURE_SUPPORTS_EDITIONS_VALUE)
                .isNotZero();
        assertThat(response.getFileList()).isNotEmpty();
    }

    private CodeGeneratorResponse run(CodeGeneratorRequest request) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path out = directory.resolve("stdout");
        Process process = new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), Main.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            request.writeTo(in);
        }
        assertThat(process.waitFor()).isZero();
        return CodeGeneratorResponse.parseFrom(Files.readAllBytes(out));
    }
}
