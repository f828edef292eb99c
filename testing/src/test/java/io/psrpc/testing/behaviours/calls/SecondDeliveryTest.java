package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.wire.Request;
import java.util.List;

/**
 * Requests that come a second time once it has been decided who runs them: nobody would answer a second bid, so there must be none, and
 * no time passes here in which it could be given up.
 */
@Rows("C41")
class SecondDeliveryTest {
    private final Desk desk = new Desk("s");

    private static ServerOptions.Builder negotiating(String id) {
        return ServerOptions.builder().serverId(id).claimSkipping(() -> false);
    }

    /** Of a queue's request; on Redis the broker's lock keeps the second from everyone. */
    private static void assertQueueDuplicate(Scene scene, MessageBus process) {
        assertDuplicates(process, scene.network() == Network.REDIS_LIKE ? 0 : 1);
    }

    private static void assertDuplicates(MessageBus process, long duplicates) {
        assertThat(process.stats().dropped(DropReason.DUPLICATE)).isEqualTo(duplicates);
    }

    @OnEveryBus
    void aQueueRequestThatWasAnsweredIsNotBidForAgain(Scene scene) {
        Peer network = scene.peer();
        List<Request> requests = network.requests(ASK);
        MessageBus process = scene.process();
        scene.server(process, negotiating("s"), serve(ASK, desk));
        assertThat(scene.call(scene.client(), ASK, "x").answer()).isEqualTo(text("s: x"));

        network.request(ASK, requests.get(0));

        scene.assertQuiet();
        assertThat(desk.asked()).containsExactly("x");
        assertQueueDuplicate(scene, process);
    }

    @OnEveryBus
    void oneThatSkippedItsClaimRunsOnce(Scene scene) {
        Peer network = scene.peer();
        List<Request> requests = network.requests(ASK);
        MessageBus process = scene.process();
        scene.server(process, "s", serve(ASK, desk));
        scene.call(scene.client(), ASK, "negotiated").answer();
        scene.call(scene.client(), ASK, "x").answer();

        network.request(ASK, requests.get(1));

        scene.assertQuiet();
        assertThat(desk.asked()).containsExactly("negotiated", "x");
        assertQueueDuplicate(scene, process);
    }

    /** The first of a client is negotiated, whatever it says; the second one's client is known. */
    @OnEveryBus(networks = {Network.LOCAL, Network.NATS_LIKE})
    void aBidEndsWhenItsRequestComesAgainAndMayRun(Scene scene) {
        MessageBus process = scene.process();
        scene.server(process, "s", serve(ASK, desk));
        scene.faults().dropNext(Kind.CLAIM, 1).duplicateNext(Kind.REQUEST, 1);

        Call<StringValue> call = scene.call(scene.client(), ASK, "x");

        assertThat(call.answer()).isEqualTo(text("s: x"));
        scene.assertQuiet();
        assertThat(desk.asked()).containsExactly("x");
        assertDuplicates(process, 1);
    }

    @OnEveryBus
    void oneThatRunsIsNotBidForAgain(Scene scene) {
        Peer network = scene.peer();
        List<Request> requests = network.requests(ASK);
        MessageBus process = scene.process();
        Crew.Gate gate = scene.crew().gate();
        UnaryHandler<StringValue, StringValue> slow = (ctx, request) -> {
            gate.pass();
            return desk.handle(ctx, request);
        };
        scene.server(process, negotiating("s"), serve(ASK, slow));
        Call<StringValue> call = scene.call(scene.client(), ASK, "x");
        assertThat(scene.inventory().handlers()).isOne();

        network.request(ASK, requests.get(0));

        assertThat(scene.inventory()).returns(1, held -> held.handlers()).returns(0, held -> held.claims());
        gate.open();
        assertThat(call.answer()).isEqualTo(text("s: x"));
        assertThat(desk.asked()).containsExactly("x");
        assertQueueDuplicate(scene, process);
    }

    /** The second delivery comes to the other server, which bids too; whichever of them hears first that it has lost, the other runs it. */
    @OnEveryBus
    void oneOfTwoServersOfAQueueRunsWhatCameToBoth(Scene scene) {
        MessageBus process = scene.process();
        scene.server(process, negotiating("s"), serve(ASK, desk));
        scene.server(process, negotiating("t"), serve(ASK, desk));
        RpcClient client = scene.client();

        for (String text : List.of("first", "second", "third")) {
            scene.faults().duplicateNext(Kind.REQUEST, 1);
            assertThat(scene.call(client, ASK, text).answer()).isNotNull();
            assertThat(scene.call(client, ASK, "plain").answer()).isNotNull();
        }

        scene.assertQuiet();
        assertThat(desk.asked()).containsExactly("first", "plain", "second", "plain", "third", "plain");
    }

    @OnEveryBus
    void neitherWhoWasChosenNorWhoWasNotBidsAgain(Scene scene) {
        Peer network = scene.peer();
        List<Request> requests = network.requests(PICK);
        Desk loser = new Desk("loser");
        MessageBus chosen = scene.process();
        MessageBus other = scene.process();
        scene.server(chosen, "s", bid(1, desk));
        scene.server(other, "loser", bid(0.5f, loser));
        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.passMillis(200);
        assertThat(call.answer()).isEqualTo(text("s: x"));

        network.request(PICK, requests.get(0));

        scene.assertQuiet();
        assertThat(desk.asked()).containsExactly("x");
        assertThat(loser.asked()).isEmpty();
        assertDuplicates(chosen, 1);
        assertDuplicates(other, 1);
    }

    @OnEveryBus
    void everyServerOfABroadcastRunsItOnce(Scene scene) {
        Peer network = scene.peer();
        List<Request> requests = network.requests(ALL);
        MessageBus process = scene.process();
        scene.server(process, "s", serve(ALL, desk));
        scene.server(process, "t", serve(ALL, desk));
        // The network hears it too, and does not answer.
        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        answers.await(2);
        answers.cancel();

        network.request(ALL, requests.get(0));

        scene.assertQuiet();
        assertThat(desk.asked()).containsExactly("x", "x");
        assertDuplicates(process, 2);
    }
}
