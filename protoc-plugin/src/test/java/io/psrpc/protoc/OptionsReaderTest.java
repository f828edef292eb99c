package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.compiler.PluginProtos.CodeGeneratorRequest;
import io.psrpc.behaviours.Rows;
import io.psrpc.options.Routing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of which option counts. */
@Rows("G01")
class OptionsReaderTest {
    @ParameterizedTest
    @CsvSource({
        "Unset, QUEUE",
        "TypeQueue, QUEUE",
        "TypeAffinity, AFFINITY",
        "TypeMulti, MULTI",
        "OldQueue, QUEUE",
        "OldAffinity, AFFINITY",
        "OldMulti, MULTI",
        "NotMulti, MULTI",
        "NotAffinityOverMulti, AFFINITY",
        "QueueOverAffinity, QUEUE",
        "QueueUpdates, QUEUE",
        "AffinityUpdates, AFFINITY",
    })
    void theMemberThatIsSetDecidesOverTheType(String method, Routing routing) {
        assertThat(method("cases/spellings.proto", method).routing()).isEqualTo(routing);
    }

    @Test
    void protobufsOwnStreamKeywordCountsForNothing() {
        assertThat(method("cases/spellings.proto", "KeywordsCountForNothing").isUnary())
                .isTrue();
    }

    @Test
    void namesWithoutTopicsCountForNothing() {
        assertThat(method("cases/spellings.proto", "NamesWithoutTopics").topics())
                .isEmpty();
    }

    @Test
    void singleServerCountsWithoutTopics() {
        assertThat(method("cases/spellings.proto", "SingleServer").isSingleServer())
                .isTrue();
    }

    @Test
    void topicsWithoutNamesAreOnePart() {
        assertThat(method("cases/topics.proto", "Unnamed").topics())
                .contains(new Topics(Optional.empty(), List.of("topic"), Optional.empty()));
    }

    @Test
    void aSubscriptionIsInNoGroup() {
        Method updates = method("cases/topics.proto", "Updates");
        assertThat(updates.group()).isEmpty();
        assertThat(updates.topics().orElseThrow().recordClass().orElseThrow().simpleName())
                .isEqualTo("UpdatesTopic");
    }

    private static Method method(String file, String name) {
        CodeGeneratorRequest request = TestProtos.request(file);
        MessageTypes types = new MessageTypes(request.getProtoFileList());
        int last = request.getProtoFileCount() - 1;
        return new ServiceReader(request.getProtoFile(last), types, warning -> {})
                .read().stream()
                        .flatMap(service -> service.methods().stream())
                        .filter(method -> method.wireName().equals(name))
                        .findFirst()
                        .orElseThrow();
    }
}
