package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Selection;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.wire.Request;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** What servers bid, and what comes of it. */
class AffinityTest {
    private final Desk low = new Desk("low");
    private final Desk high = new Desk("high");

    @OnEveryBus
    @Rows("C04")
    void eachServerIsAskedOnceAndOneHandles(Scene scene) {
        List<String> asked = new CopyOnWriteArrayList<>();
        scene.server(scene.process(), "low", asked(asked, 0.3f, low));
        scene.server(scene.process(), "high", asked(asked, 0.6f, high));

        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.passMillis(200);

        assertThat(call.answer()).isEqualTo(text("high: x"));
        assertThat(asked).containsExactlyInAnyOrder("low: x", "high: x");
        assertThat(high.asked()).containsExactly("x");
        assertThat(low.asked()).isEmpty();
        scene.assertQuiet();
    }

    private static Binding asked(List<String> asked, float affinity, Desk desk) {
        return Binding.unary(PICK, Topic.NONE, desk, (ctx, request) -> {
            asked.add(desk.name() + ": " + request.getValue());
            return affinity;
        });
    }

    @OnEveryBus
    @Rows("C05")
    void belowZeroTheServerSaysNothingAtAll(Scene scene) {
        scene.server(scene.process(), "low", bid(-0.1f, low));

        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.passMillis(999);
        assertThat(scene.inventory().claims()).isZero();
        scene.assertUnderWay(1);
        scene.passMillis(1);

        call.failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
        assertThat(scene.faults().count(Kind.CLAIM)).isZero();
        assertThat(scene.faults().count(Kind.RESPONSE)).isZero();
        assertThat(low.asked()).isEmpty();
    }

    @OnEveryBus
    @Rows("C05")
    void aSilentServerDoesNotKeepOthersFromBeingChosen(Scene scene) {
        scene.server(scene.process(), "low", bid(-1f, low));
        scene.server(scene.process(), "high", bid(0.1f, high));

        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.passMillis(200);

        assertThat(call.answer()).isEqualTo(text("high: x"));
        assertThat(scene.faults().count(Kind.CLAIM)).isOne();
    }

    @OnEveryBus
    @Rows("C05")
    void zeroIsNeverChosen(Scene scene) {
        scene.server(scene.process(), "low", bid(0f, low));
        scene.server(scene.process(), "high", bid(0f, high));

        Call<StringValue> call = scene.call(scene.client(), PICK, text("x"), acceptingTheFirst());
        scene.passMillis(1000);

        call.failsWith(ErrorCode.UNAVAILABLE, "no servers available (received 2 responses)");
        assertThat(low.asked()).isEmpty();
        assertThat(high.asked()).isEmpty();
    }

    @OnEveryBus
    @Rows("C05")
    void zeroIsPassedOverWhereTheFirstBidIsTaken(Scene scene) {
        Peer peer = scene.peer();
        List<Request> requests = peer.requests(PICK);
        peer.onGrant(PICK, grant -> peer.answer(requests.get(0), grant.getServerId(), text(grant.getServerId())));

        CallOptions options =
                CallOptions.selecting(Selection.DEFAULT.withAcceptFirst(true).withEarlyEnd(false));
        Call<StringValue> call = scene.call(scene.client(), PICK, text("x"), options);
        scene.settle();
        peer.bid(requests.get(0), "zero", 0f);
        scene.passMillis(500);
        scene.assertUnderWay(1);
        peer.bid(requests.get(0), "some", 0.01f);

        assertThat(call.answer()).isEqualTo(text("some"));
    }

    private static CallOptions acceptingTheFirst() {
        return CallOptions.selecting(Selection.DEFAULT.withAcceptFirst(true));
    }

    @OnEveryBus
    @Rows("C06")
    void aBidThatReachesTheMaximumIsTakenAtOnce(Scene scene) {
        Peer peer = scene.peer();
        List<Request> requests = peer.requests(PICK);
        peer.onGrant(PICK, grant -> peer.answer(requests.get(0), grant.getServerId(), text(grant.getServerId())));

        CallOptions options = CallOptions.selecting(
                Selection.DEFAULT.withMaximumAffinity(0.75f).withEarlyEnd(false));
        Call<StringValue> call = scene.call(scene.client(), PICK, text("x"), options);
        scene.settle();
        peer.bid(requests.get(0), "below", 0.74f);
        scene.settle();
        scene.assertUnderWay(1);
        peer.bid(requests.get(0), "reaches", 0.75f);
        peer.bid(requests.get(0), "late", 1f);

        assertThat(call.answer()).isEqualTo(text("reaches"));
    }

    @OnEveryBus
    @Rows({"C05", "C42"})
    void aServerWhoseAffinityFunctionFailsStaysSilent(Scene scene) {
        AtomicInteger asked = new AtomicInteger();
        scene.server(scene.process(), "low", Binding.unary(PICK, Topic.NONE, low, (ctx, request) -> {
            asked.incrementAndGet();
            throw new IllegalStateException("no idea");
        }));
        scene.server(scene.process(), "high", bid(0.1f, high));

        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.passMillis(200);

        assertThat(call.answer()).isEqualTo(text("high: x"));
        assertThat(asked).hasValue(1);
        assertThat(scene.logs().with("no idea")).isEmpty();
        assertThat(scene.logs().with("the affinity function of Trial.Pick failed"))
                .hasSize(1);
    }
}
