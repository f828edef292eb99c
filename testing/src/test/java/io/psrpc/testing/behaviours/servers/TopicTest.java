package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.Response;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.util.List;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Rows("C08")
class TopicTest {
    private static final List<MethodDefinition<StringValue, StringValue>> UNARY =
            List.of(Store.AISLE_FETCH, Store.AISLE_WEIGH, Store.AISLE_LOCK);

    @OnEveryBus
    void aTopicThatHasMovedIsAnsweredByItsNewServerAlone(Scene scene) {
        RpcServer first = scene.server(scene.process(), "SRV_1");
        RpcServer second = scene.server(scene.process(), "SRV_2");
        RpcClient client = scene.client(scene.process());
        for (MethodDefinition<StringValue, StringValue> method : UNARY) {
            first.register(Store.answer(method, "A", "first"));
            Registration b = first.register(Store.answer(method, "B", "first"));
            assertThat(answerOf(scene.callOn("B", client, method))).isEqualTo("first");

            b.close();
            second.register(Store.answer(method, "B", "second"));

            for (int i = 0; i < 4; i++) {
                assertThat(answerOf(scene.callOn("B", client, method))).isEqualTo("second");
            }
            assertThat(answerOf(scene.callOn("A", client, method))).isEqualTo("first");
        }
    }

    @OnEveryBus
    void aMultiCallOnATopicThatHasMovedHasItsNewServersAnswerAlone(Scene scene) {
        RpcServer first = scene.server(scene.process(), "SRV_1");
        RpcServer second = scene.server(scene.process(), "SRV_2");
        RpcClient client = scene.client(scene.process());
        Registration b = first.register(Store.answer(Store.AISLE_COUNT, "B", "first"));
        first.register(Store.answer(Store.AISLE_COUNT, "A", "first"));

        b.close();
        second.register(Store.answer(Store.AISLE_COUNT, "B", "second"));

        assertThat(poll(scene, client, "B")).containsExactly(new Response.Success<>("SRV_2", Store.text("second")));
        assertThat(poll(scene, client, "A")).containsExactly(new Response.Success<>("SRV_1", Store.text("first")));
    }

    private static List<Response<StringValue>> poll(Scene scene, RpcClient client, String topic) {
        return Outcome.of(scene.flavour()
                .callAll(
                        client,
                        Store.AISLE_COUNT,
                        Topic.of(topic),
                        Store.text(""),
                        CallOptions.DEFAULT.withExpectedResponses(1)));
    }

    @OnEveryBus
    void whenClosingReturnsNobodyIsThere(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1");
        RpcClient client = scene.client(scene.process());
        for (MethodDefinition<StringValue, StringValue> method : UNARY) {
            Registration registration = server.register(Store.answer(method, "A", "here"));
            assertThat(answerOf(scene.callOn("A", client, method))).isEqualTo("here");

            registration.close();

            assertFails(scene.callOn("A", client, method), ErrorCode.UNAVAILABLE, "no response from servers");
            registration.close();
        }
    }

    @OnEveryBus
    void registeringAgainAtOnceWorks(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1");
        RpcClient client = scene.client(scene.process());
        for (MethodDefinition<StringValue, StringValue> method : UNARY) {
            for (int i = 0; i < 10; i++) {
                String round = "round " + i;
                Registration registration = server.register(Store.answer(method, "A", round));
                assertThat(answerOf(scene.callOn("A", client, method))).isEqualTo(round);
                registration.close();
            }
        }
    }

    @OnEveryBus
    void registeringAgainDoesNotWaitForAHandlerOfBefore(Scene scene) {
        Gate gate = new Gate();
        RpcServer server = scene.server(scene.process(), "SRV_1");
        RpcClient client = scene.client(scene.process());
        Registration before =
                server.register(io.psrpc.stub.Binding.unary(Store.AISLE_WEIGH, Topic.of("A"), (ctx, request) -> {
                    gate.pass();
                    return Store.text("before");
                }));
        var early = scene.callOn("A", client, Store.AISLE_WEIGH);
        gate.await(1);

        before.close();
        server.register(Store.answer(Store.AISLE_WEIGH, "A", "after"));

        assertThat(answerOf(scene.callOn("A", client, Store.AISLE_WEIGH))).isEqualTo("after");
        gate.open();
        assertThat(answerOf(early)).isEqualTo("before");
    }

    @OnEveryBus
    void nobodyIsThereWhileAHandlerOfBeforeRuns(Scene scene) {
        Gate gate = new Gate();
        RpcServer server = scene.server(scene.process(), "SRV_1");
        RpcClient client = scene.client(scene.process());
        Registration before =
                server.register(io.psrpc.stub.Binding.unary(Store.AISLE_WEIGH, Topic.of("A"), (ctx, request) -> {
                    gate.pass();
                    return Store.text("before");
                }));
        var early = scene.callOn("A", client, Store.AISLE_WEIGH);
        gate.await(1);

        before.close();

        assertFails(scene.callOn("A", client, Store.AISLE_WEIGH), ErrorCode.UNAVAILABLE, "no response from servers");
        gate.open();
        assertThat(answerOf(early)).isEqualTo("before");
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void aTopicIsServedOnceByOneServer(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1", Store.answer(Store.AISLE_FETCH, "A", "first"));
        RpcClient client = scene.client(scene.process());

        assertThatThrownBy(() -> server.register(Store.answer(Store.AISLE_FETCH, "A", "second")))
                .isInstanceOfSatisfying(
                        PsrpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
                .hasMessage("Store.AisleFetch [A]: server SRV_1 serves it already"
                        + " (expected: its registration closed first)");

        assertThat(answerOf(scene.callOn("A", client, Store.AISLE_FETCH))).isEqualTo("first");
    }
}
