package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import org.junit.jupiter.api.Test;

@Rows("G02")
class IdleOptionsTest {
    private static final String SPELLINGS = "cases/spellings.proto: Spellings.";

    @Test
    void whatNobodyHeedsIsAWarning() {
        assertThat(TestProtos.warnings("cases/spellings.proto"))
                .filteredOn(warning -> !warning.contains("on topics of the same shape"))
                .containsExactly(
                        SPELLINGS + "KeywordsCountForNothing: protobuf's keyword stream counts for nothing here: the"
                                + " method is unary (expected: no keyword)",
                        SPELLINGS + "NamesWithoutTopics: topic_params without topics count for nothing (expected:"
                                + " topics: true)",
                        SPELLINGS + "AffinityUpdates: type AFFINITY: nobody chooses who gets an update, one"
                                + " subscriber does as with QUEUE (expected: QUEUE or MULTI)");
    }

    @Test
    void aGroupOfASubscriptionIsOne() {
        assertThat(TestProtos.warnings("cases/topics.proto"))
                .containsExactly("cases/topics.proto: Topics.Updates: topic_params.group: a subscription is in no"
                        + " group (expected: none)");
    }

    @Test
    void whatCountsIsNone() {
        assertThat(TestProtos.warnings("cases/snake.proto")).isEmpty();
    }
}
