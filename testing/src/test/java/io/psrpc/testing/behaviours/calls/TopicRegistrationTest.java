package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK_ROOM;
import static io.psrpc.testing.behaviours.calls.Trial.PICK_ROOM;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.Registration;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;

/** Serving topics, and no longer serving them. */
@Rows("C08")
class TopicRegistrationTest {
    private final Desk first = new Desk("one");
    private final Desk second = new Desk("two");

    private static Binding room(MethodDefinition<StringValue, StringValue> method, String room, Desk desk) {
        return Binding.unary(method, Topic.of(room), desk);
    }

    @OnEveryBus
    void aTopicOfAQueueMethodMovesToAnotherServer(Scene scene) {
        aTopicMoves(scene, ASK_ROOM);
    }

    @OnEveryBus
    void aTopicOfAnAffinityMethodMovesToAnotherServer(Scene scene) {
        aTopicMoves(scene, PICK_ROOM);
    }

    private void aTopicMoves(Scene scene, MethodDefinition<StringValue, StringValue> method) {
        RpcServer one = scene.server(scene.process(), "one", room(method, "A", first));
        Registration b = one.register(room(method, "B", first));
        RpcServer two = scene.server(scene.process(), "two");

        b.close();
        two.register(room(method, "B", second));
        RpcClient client = scene.client();
        Call<StringValue> toB = scene.callRoom(client, method, "B", "to B");
        Call<StringValue> toA = scene.callRoom(client, method, "A", "to A");
        scene.passMillis(200);

        assertThat(toB.answer()).isEqualTo(text("two: to B"));
        assertThat(toA.answer()).isEqualTo(text("one: to A"));
        assertThat(first.asked()).containsExactly("to A");
        assertThat(second.asked()).containsExactly("to B");
    }

    @OnEveryBus
    void afterClosingNobodyIsThere(Scene scene) {
        RpcServer one = scene.server(scene.process(), "one", room(ASK_ROOM, "A", first));
        Registration b = one.register(room(ASK_ROOM, "B", first), room(PICK_ROOM, "B", first));
        RpcClient client = scene.client();

        b.close();
        b.close();

        scene.callRoom(client, ASK_ROOM, "B", "x").failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
        scene.callRoom(client, PICK_ROOM, "B", "x").failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
        assertThat(first.asked()).isEmpty();
        assertThat(scene.callRoom(client, ASK_ROOM, "A", "x").answer()).isEqualTo(text("one: x"));
    }

    @OnEveryBus
    void registeringAgainAtOnceWorks(Scene scene) {
        RpcServer server = scene.server(scene.process(), "one", room(ASK_ROOM, "A", first));
        RpcClient client = scene.client();
        int subscriptions = scene.inventory().subscriptions();

        for (int i = 0; i < 20; i++) {
            Registration b = server.register(room(ASK_ROOM, "B", first));
            assertThat(scene.callRoom(client, ASK_ROOM, "B", "x").answer()).isEqualTo(text("one: x"));
            b.close();
            assertThat(scene.inventory().subscriptions()).isEqualTo(subscriptions);
        }
        assertThat(first.asked()).hasSize(20);
    }

    @OnEveryBus
    void whatRunsWhenItsTopicIsClosedIsAnswered(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        RpcServer server = scene.server(scene.process(), "one");
        Registration b = server.register(Binding.unary(ASK_ROOM, Topic.of("B"), (ctx, request) -> {
            gate.pass();
            return first.handle(ctx, request);
        }));

        Call<StringValue> call = scene.callRoom(scene.client(), ASK_ROOM, "B", "x");
        scene.settle();
        b.close();
        gate.open();

        assertThat(call.answer()).isEqualTo(text("one: x"));
    }
}
