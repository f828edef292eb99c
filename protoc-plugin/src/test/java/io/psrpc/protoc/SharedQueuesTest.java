package io.psrpc.protoc;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import org.junit.jupiter.api.Test;

@Rows("G02")
class SharedQueuesTest {
    @Test
    void aQueueMethodBesideAQueueSubscriptionIsAWarning() {
        assertThat(TestProtos.warnings("my_service.proto"))
                .containsExactly("my_service.proto: MyService.ProcessUpdate: queue subscription beside queue methods"
                        + " NormalRPC on topics of the same shape (expected: services of their own); on NATS, members"
                        + " written in Go lose each other's messages");
    }

    @Test
    void anotherShapeOrRoutingIsNone() {
        assertThat(TestProtos.warnings("cases/snake.proto")).isEmpty();
        assertThat(TestProtos.warnings("cases/topics.proto")).noneMatch(warning -> warning.contains("shape"));
    }
}
