package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Compiles what is generated, against the runtime and protoc's own message classes, with every warning an error. */
@Rows("G01")
class GeneratedCodeCompilesTest {
    @TempDir
    Path classes;

    @ParameterizedTest
    @FieldSource("io.psrpc.protoc.TestProtos#CASES")
    void withoutWarnings(String proto) {
        Map<String, String> sources = TestProtos.sources(proto);
        assertThat(sources).isNotEmpty();
        assertThat(GeneratedClasses.compile(classes, sources)).isEmpty();
    }
}
