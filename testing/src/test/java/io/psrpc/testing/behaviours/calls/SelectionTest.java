package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.Selection;
import io.psrpc.behaviours.Rows;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which of the bids is chosen, and when, by the timers alone. At 0 ms id1 bids 0.1, at 100 ms id2 0.5, at 300 ms id3 0.7 and id4 0.1, at
 * 500 ms id5 0.9.
 */
@Rows("C03")
class SelectionTest {
    private static final Selection TIMERS_ALONE = Selection.DEFAULT.withEarlyEnd(false);

    @OnEveryBus
    void theFirstBidIsTakenAtOnce(Scene scene) {
        assertSelected(scene, TIMERS_ALONE.withAcceptFirst(true), "id1", 0);
    }

    @OnEveryBus
    void theFirstBidThatReachesTheMinimumIsTakenAtOnce(Scene scene) {
        assertSelected(scene, TIMERS_ALONE.withAcceptFirst(true).withMinimumAffinity(0.5f), "id2", 100);
    }

    @OnEveryBus
    void theShortCircuitRunsFromTheFirstBid(Scene scene) {
        assertSelected(scene, TIMERS_ALONE.withShortCircuit(Duration.ofMillis(150)), "id2", 150);
    }

    @OnEveryBus
    void theShortCircuitRunsFromTheFirstBidThatReachesTheMinimum(Scene scene) {
        Selection selection = TIMERS_ALONE.withMinimumAffinity(0.4f).withShortCircuit(Duration.ofMillis(250));

        assertSelected(scene, selection, "id3", 350);
    }

    @OnEveryBus
    void theTimeoutComesBeforeALaterShortCircuit(Scene scene) {
        Selection selection = TIMERS_ALONE
                .withMinimumAffinity(0.3f)
                .withTimeout(Duration.ofMillis(250))
                .withShortCircuit(Duration.ofMillis(200));

        assertSelected(scene, selection, "id2", 250);
    }

    @OnEveryBus
    void theBestOfAllBidsIsChosenWhenThereIsTimeForThem(Scene scene) {
        Selection selection = TIMERS_ALONE.withTimeout(Duration.ofMillis(600)).withShortCircuit(Duration.ofMillis(600));

        assertSelected(scene, selection, "id5", 600);
    }

    @OnEveryBus
    void aTimeoutAloneLeavesTheDefaultShortCircuit(Scene scene) {
        assertSelected(scene, TIMERS_ALONE.withTimeout(Duration.ofMillis(600)), "id2", 200);
    }

    private static void assertSelected(Scene scene, Selection selection, String chosen, long afterMillis) {
        List<String> selected = new CopyOnWriteArrayList<>();
        ClientOptions options = ClientOptions.builder()
                .observer(new ClientObserver() {
                    @Override
                    public void onSelected(ClientCall call, String serverId, int bids, Duration wait) {
                        selected.add(serverId + " after " + wait.toMillis());
                    }
                })
                .build();
        Peer peer = scene.peer();
        List<Request> requests = peer.requests(PICK);
        peer.onGrant(PICK, grant -> peer.answer(requests.get(0), grant.getServerId(), text(grant.getServerId())));

        Call<StringValue> call =
                scene.call(scene.client(options), PICK, text("who?"), CallOptions.selecting(selection));
        scene.settle();
        bidOneAfterTheOther(scene, peer, requests.get(0));

        assertThat(call.answer()).isEqualTo(text(chosen));
        assertThat(selected).containsExactly(chosen + " after " + afterMillis);
    }

    private static void bidOneAfterTheOther(Scene scene, Peer peer, Request request) {
        peer.bid(request, "id1", 0.1f);
        scene.passMillis(100);
        peer.bid(request, "id2", 0.5f);
        scene.passMillis(200);
        peer.bid(request, "id3", 0.7f);
        peer.bid(request, "id4", 0.1f);
        scene.passMillis(200);
        peer.bid(request, "id5", 0.9f);
        scene.passMillis(200);
    }
}
