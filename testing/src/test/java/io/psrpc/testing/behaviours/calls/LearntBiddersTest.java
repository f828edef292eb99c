package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK_OTHER;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.Selection;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Where the broker does not count, a selection ends when all have bid who bid last time; without a last time, by its timers. */
@Rows("C34")
class LearntBiddersTest {
    private static final Selection FIRST = Selection.DEFAULT.withAcceptFirst(true);

    private static RpcServer serve(Scene scene, int number) {
        return scene.server(scene.process(), "s" + number, bid(number / 10f, new Desk("s" + number)));
    }

    private static RpcClient clientOfThree(Scene scene) {
        serve(scene, 1);
        serve(scene, 2);
        serve(scene, 3);
        return scene.client();
    }

    private static void assertByTimers(Scene scene, RpcClient client, int best) {
        assertByTimers(scene, client, PICK, best);
    }

    private static void assertByTimers(
            Scene scene, RpcClient client, MethodDefinition<StringValue, StringValue> method, int best) {
        Call<StringValue> call = scene.call(client, method, "x");
        scene.passMillis(199);
        scene.assertUnderWay(1);
        scene.passMillis(1);
        assertThat(call.answer()).isEqualTo(text("s" + best + ": x"));
        scene.assertQuiet();
    }

    private static void assertAtOnce(Scene scene, RpcClient client, int best) {
        Call<StringValue> call = scene.call(client, PICK, "x");
        scene.assertUnderWay(0);
        assertThat(call.answer()).isEqualTo(text("s" + best + ": x"));
        scene.assertQuiet();
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void theSecondSelectionEndsWhenAllOfTheFirstHaveBid(Scene scene) {
        RpcClient client = clientOfThree(scene);

        assertByTimers(scene, client, 3);
        assertAtOnce(scene, client, 3);
        assertAtOnce(scene, scene.client(), 3);
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void soItDoesWhereCountsAreNotToBeTrusted(Scene scene) {
        scene.redis().receiverCount(ReceiverCount.UNKNOWN);
        RpcClient client = clientOfThree(scene);

        assertByTimers(scene, client, 3);
        assertAtOnce(scene, client, 3);
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void whatWasLearntWithACountHoldsWithoutOne(Scene scene) {
        RpcClient client = clientOfThree(scene);
        assertAtOnce(scene, client, 3);

        scene.redis().receiverCount(ReceiverCount.UNKNOWN);

        assertAtOnce(scene, client, 3);
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void aMemberThatStaysAwayIsWaitedForOnce(Scene scene) {
        RpcClient client = clientOfThree(scene);
        RpcServer fourth = serve(scene, 4);
        assertByTimers(scene, client, 4);

        fourth.close();

        assertByTimers(scene, client, 3);
        assertAtOnce(scene, client, 3);
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void aLateOneIsWaitedForNextTime(Scene scene) {
        Peer peer = scene.peer();
        List<Request> requests = peer.requests(PICK);
        peer.onGrant(PICK, grant -> {});
        RpcClient client = scene.client();
        Call<StringValue> learning = scene.call(client, PICK, "x");
        scene.settle();
        peer.bid(requests.get(0), "early", 0.1f);
        scene.passMillis(200);
        peer.answer(requests.get(0), "early", text("first"));
        learning.answer();

        Call<StringValue> second = scene.call(client, PICK, "x");
        scene.settle();
        peer.bid(requests.get(1), "early", 0.1f);
        peer.bid(requests.get(1), "late", 0.2f);
        peer.answer(requests.get(1), "early", text("second"));
        second.answer();
        List<ClaimResponse> grants = peer.grants(PICK);
        Call<StringValue> third = scene.call(client, PICK, "x");
        scene.settle();
        peer.bid(requests.get(2), "early", 0.1f);
        scene.settle();
        assertThat(grants).isEmpty();
        peer.bid(requests.get(2), "late", 0.2f);
        scene.settle();

        assertThat(grants).extracting(ClaimResponse::getServerId).containsExactly("late");
        peer.answer(requests.get(2), "late", text("third"));
        assertThat(third.answer()).isEqualTo(text("third"));
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void whoIsSlowerThanAllOthersIsMissedForAMinuteAtMost(Scene scene) {
        RpcClient client = clientOfThree(scene);
        assertByTimers(scene, client, 3);
        AtomicReference<Crew.Gate> gate = new AtomicReference<>(scene.crew().gate());
        scene.server(scene.process(), "s4", Binding.unary(PICK, Topic.NONE, new Desk("s4"), (ctx, request) -> {
            gate.get().pass();
            return 0.4f;
        }));

        for (int i = 0; i < 2; i++) {
            assertThat(callWithBidsAfterAMilli(scene, client, CallOptions.DEFAULT))
                    .isEqualTo(text("s3: x"));
            gate.getAndSet(scene.crew().gate()).open();
            scene.assertQuiet();
            scene.time().advance(Duration.ofSeconds(30));
        }
        gate.get().open();

        assertByTimers(scene, client, 4);
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void afterAMinuteTheTimersRuleAgain(Scene scene) {
        RpcClient client = clientOfThree(scene);
        assertByTimers(scene, client, 3);
        scene.time().advance(Duration.ofMillis(59_999));
        assertAtOnce(scene, client, 3);

        scene.time().advance(Duration.ofMillis(1));

        assertByTimers(scene, client, 3);
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void aSelectionThatTookTheFirstBidTeachesNothing(Scene scene) {
        RpcClient client = clientOfThree(scene);
        takeTheFirst(scene, client);

        assertByTimers(scene, client, 3);
        takeTheFirst(scene, client);
        assertAtOnce(scene, client, 3);
    }

    private static void takeTheFirst(Scene scene, RpcClient client) {
        callWithBidsAfterAMilli(scene, client, CallOptions.selecting(FIRST));
        scene.assertQuiet();
    }

    /** So that every server has the request before the first has bid. */
    private static StringValue callWithBidsAfterAMilli(Scene scene, RpcClient client, CallOptions options) {
        scene.faults().delay(Kind.CLAIM, Duration.ofMillis(1), 1.0);
        Call<StringValue> call = scene.call(client, PICK, text("x"), options);
        scene.passMillis(1);
        scene.assertUnderWay(0);
        scene.faults().clear();
        return call.answer();
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void eachMethodHasBiddersOfItsOwn(Scene scene) {
        RpcClient client = clientOfThree(scene);
        Desk desk = new Desk("s1");
        scene.server(scene.process(), "s1", Binding.unary(PICK_OTHER, Topic.NONE, desk, (ctx, request) -> 0.1f));
        assertByTimers(scene, client, PICK_OTHER, 1);

        assertByTimers(scene, client, PICK, 3);
    }

    @OnEveryBus(networks = {Network.LOCAL, Network.REDIS_LIKE})
    void whoeverListensInSilenceIsLearntTogetherWithTheCount(Scene scene) {
        RpcClient client = clientOfThree(scene);
        scene.peer().requests(PICK);

        assertByTimers(scene, client, 3);
        assertAtOnce(scene, client, 3);
        scene.peer().requests(PICK);
        assertByTimers(scene, client, 3);
        assertAtOnce(scene, client, 3);
    }
}
