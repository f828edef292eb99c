package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import com.google.protobuf.compiler.PluginProtos.CodeGeneratorResponse;
import io.psrpc.behaviours.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** One set of protos, one output: whatever the order in which they are named, together or one at a time. */
@Rows("G01")
class RepeatableOutputTest {
    private static final CodeGeneratorResponse TOGETHER = TestProtos.generate(request(TestProtos.CASES));

    @RepeatedTest(10)
    void whateverTheOrderOfTheFiles(RepetitionInfo repetition) {
        List<String> shuffled = new ArrayList<>(TestProtos.CASES);
        Collections.shuffle(shuffled, new Random(repetition.getCurrentRepetition()));
        CodeGeneratorRequest request = request(shuffled);
        assertThat(request).isNotEqualTo(request(TestProtos.CASES));
        assertThat(TestProtos.generate(request)).isEqualTo(TOGETHER);
    }

    @Test
    void togetherOrAlone() {
        Map<String, String> alone = new TreeMap<>();
        TestProtos.CASES.forEach(proto -> alone.putAll(TestProtos.sources(proto)));
        Map<String, String> together = new TreeMap<>();
        TOGETHER.getFileList().forEach(file -> together.put(file.getName(), file.getContent()));
        assertThat(together).isNotEmpty().isEqualTo(alone);
    }

    @Test
    @Rows("G02")
    void theMessageToo() {
        String error = TestProtos.generate(TestProtos.request("refused/java_names.proto", "refused/wire_names.proto"))
                .getError();
        assertThat(error).startsWith("refused/java_names.proto: ");
        assertThat(TestProtos.generate(TestProtos.request("refused/wire_names.proto", "refused/java_names.proto"))
                        .getError())
                .isEqualTo(error);
    }

    private static CodeGeneratorRequest request(List<String> protos) {
        return TestProtos.request(protos.toArray(String[]::new));
    }
}
