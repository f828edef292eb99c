package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Responses.End;
import io.psrpc.Selection;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.transports.CountAnswer;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.util.List;

/** Calls that no server takes. */
@Rows("C23")
class NoServerTest {
    private static final List<MethodDefinition<StringValue, StringValue>> UNARY = List.of(ASK, PICK);
    private static final String NO_RESPONSE = "no response from servers";
    private static final String CLIENT = "CLI_alone";

    private static RpcClient client(Scene scene) {
        return scene.client(ClientOptions.builder().clientId(CLIENT).build());
    }

    private static void assertNobodyThere(MultiAnswers answers) {
        assertThat(answers.all()).isEmpty();
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.NOBODY_THERE));
    }

    @OnEveryBus
    void whereTheBusCanTellTheyFailAtOnce(Scene scene) {
        RpcClient client = client(scene);

        for (MethodDefinition<StringValue, StringValue> method : UNARY) {
            Call<StringValue> call = scene.call(client, method, "x");
            scene.assertUnderWay(0);
            call.failsWith(ErrorCode.UNAVAILABLE, NO_RESPONSE);
        }
        MultiAnswers answers = scene.callAll(client, "x", CallOptions.DEFAULT);
        scene.assertUnderWay(0);

        assertNobodyThere(answers);
        scene.assertQuiet();
        assertThat(scene.faults().count(Kind.GRANT)).isZero();
        assertThat(scene.home().stats().pendingPublishes()).isZero();
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void whereItCannotTellTheyFailAfterTheSelectionTimeout(Scene scene) {
        scene.redis().receiverCount(ReceiverCount.UNKNOWN);
        RpcClient client = client(scene);
        CallOptions soon = CallOptions.selecting(Selection.DEFAULT.withTimeout(Duration.ofMillis(300)));

        for (MethodDefinition<StringValue, StringValue> method : UNARY) {
            Call<StringValue> sooner = scene.call(client, method, text("x"), soon);
            Call<StringValue> call = scene.call(client, method, "x");
            scene.passMillis(299);
            scene.assertUnderWay(2);
            scene.passMillis(1);
            sooner.failsWith(ErrorCode.UNAVAILABLE, NO_RESPONSE);
            scene.passMillis(699);
            scene.assertUnderWay(1);
            scene.passMillis(1);
            call.failsWith(ErrorCode.UNAVAILABLE, NO_RESPONSE);
        }
        MultiAnswers answers = scene.callAll(client, "x", CallOptions.DEFAULT);
        scene.passMillis(2999);
        scene.assertUnderWay(1);
        scene.passMillis(1);
        assertThat(answers.all()).isEmpty();
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
    }

    @OnEveryBus
    void whereAllAreUnavailableItSaysHowManyAnswered(Scene scene) {
        scene.server(scene.process(), "one", bid(0, new Desk("one")));
        scene.server(scene.process(), "two", bid(0, new Desk("two")));
        scene.server(scene.process(), "three", bid(0.2f, new Desk("three")));

        CallOptions options = CallOptions.selecting(Selection.DEFAULT.withMinimumAffinity(0.3f));
        Call<StringValue> call = scene.call(client(scene), PICK, text("x"), options);
        if (scene.network() == Network.NATS_LIKE) {
            scene.passMillis(999);
            scene.assertUnderWay(1);
            scene.passMillis(1);
        }
        scene.assertUnderWay(0);

        call.failsWith(ErrorCode.UNAVAILABLE, "no servers available (received 3 responses)");
        scene.assertQuiet();
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void whereTheBusTellsLateTheyFailThen(Scene scene) {
        scene.nats().holdNobodyThere(true);

        failWhenTold(scene);
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void whereTheBusCountsLateTheyFailThen(Scene scene) {
        scene.redis().countAnswer(CountAnswer.HELD);

        failWhenTold(scene);
    }

    private static void failWhenTold(Scene scene) {
        RpcClient client = client(scene);
        Call<StringValue> asking = scene.call(client, ASK, "x");
        Call<StringValue> picking = scene.call(client, PICK, "x");
        MultiAnswers answers = scene.callAll(client, "x", CallOptions.DEFAULT);
        scene.passMillis(500);
        scene.assertUnderWay(3);

        scene.broker().heldAnswers().giveAll();

        asking.failsWith(ErrorCode.UNAVAILABLE, NO_RESPONSE);
        picking.failsWith(ErrorCode.UNAVAILABLE, NO_RESPONSE);
        assertNobodyThere(answers);
        scene.assertQuiet();
        assertThat(scene.faults().count(Kind.GRANT)).isZero();
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void thatNobodyIsThereMayComeBeforeTheirPublishIsDone(Scene scene) {
        scene.wrap(SwappedAnswers::new);

        whereTheBusCanTellTheyFailAtOnce(scene);
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void oneThatHasHeardOfAServerGoesOn(Scene scene) {
        scene.nats().holdNobodyThere(true);
        Peer peer = scene.peer();
        RpcClient client = client(scene);
        Call<StringValue> picking = scene.call(client, PICK, "x");
        scene.settle();
        Request request = requestOf(scene, 0);

        peer.bid(request, "s", 0.5f);
        scene.nats().heldAnswers().giveAll();
        scene.assertUnderWay(1);
        scene.passMillis(200);
        peer.answer(request, "s", text("here"));

        assertThat(picking.answer()).isEqualTo(text("here"));
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void oneThatHasAnAnswerGoesOn(Scene scene) {
        scene.nats().holdNobodyThere(true);
        Peer peer = scene.peer();
        MultiAnswers answers = scene.callAll(client(scene), "x", CallOptions.DEFAULT);
        scene.settle();

        peer.answer(requestOf(scene, 0), "s", text("here"));
        scene.nats().heldAnswers().giveAll();
        scene.passMillis(2999);
        scene.assertUnderWay(1);
        scene.passMillis(1);

        assertThat(answers.byServer()).containsOnlyKeys("s");
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void oneThatHasEndedIsNotEndedAgain(Scene scene) {
        scene.nats().holdNobodyThere(true);
        RpcClient client = client(scene);
        Call<StringValue> answered = scene.call(client, ASK, "x");
        scene.settle();
        scene.peer().answer(requestOf(scene, 0), "s", text("here"));
        assertThat(answered.answer()).isEqualTo(text("here"));
        Call<StringValue> given = scene.call(client, PICK, "x");
        scene.passMillis(1000);
        given.failsWith(ErrorCode.UNAVAILABLE, NO_RESPONSE);
        MultiAnswers answers = scene.callAll(client, "x", CallOptions.DEFAULT);
        scene.passMillis(3000);
        assertThat(answers.all()).isEmpty();

        assertThat(scene.nats().heldAnswers().count()).isEqualTo(3);
        scene.nats().heldAnswers().giveAll();

        scene.assertQuiet();
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
    }

    /** Nobody has got it; this is what can be said about it all the same. */
    private static Request requestOf(Scene scene, int index) {
        return Request.newBuilder()
                .setRequestId(scene.faults().fates().get(index).requestId())
                .setClientId(CLIENT)
                .build();
    }

    @OnEveryBus
    void aServerThatHasLeftIsNobody(Scene scene) {
        scene.server(scene.process(), "s", bid(1, new Desk("s"))).close();

        scene.call(client(scene), PICK, "x").failsWith(ErrorCode.UNAVAILABLE, NO_RESPONSE);
    }
}
