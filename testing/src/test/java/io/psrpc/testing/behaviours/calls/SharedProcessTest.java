package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.Responses.End;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.transports.CountAnswer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/** Several servers in one process on one bus: the broker counts connections, and so do they not show in its count. */
@Rows("C33")
class SharedProcessTest {
    private final List<Integer> bids = new CopyOnWriteArrayList<>();

    private RpcClient countingBids(Scene scene) {
        return scene.client(ClientOptions.builder()
                .observer(new ClientObserver() {
                    @Override
                    public void onSelected(ClientCall call, String serverId, int received, java.time.Duration wait) {
                        bids.add(received);
                    }
                })
                .build());
    }

    /** The last one bids most. */
    private static void serveFrom(Scene scene, int... serversOfProcesses) {
        int last = IntStream.of(serversOfProcesses).sum();
        int number = 0;
        for (int servers : serversOfProcesses) {
            MessageBus process = scene.process();
            for (int i = 0; i < servers; i++) {
                number++;
                Desk desk = new Desk("s" + number);
                scene.server(process, desk.name(), serve(ALL, desk), bid((float) number / last, desk));
            }
        }
    }

    private void assertEveryoneIsHeard(Scene scene, int servers, boolean isAtOnce) {
        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        scene.settle();
        if (!isAtOnce) {
            scene.passMillis(2999);
            scene.assertUnderWay(1);
            scene.passMillis(1);
        }
        assertThat(answers.all()).hasSize(servers);
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(isAtOnce ? End.EVERYONE_ANSWERED : End.DEADLINE));

        Call<StringValue> call = scene.call(countingBids(scene), PICK, "x");
        scene.settle();
        if (!isAtOnce) {
            scene.passMillis(199);
            scene.assertUnderWay(1);
            scene.passMillis(1);
        }
        assertThat(call.answer()).isEqualTo(text("s" + servers + ": x"));
        assertThat(bids).containsExactly(servers);
        scene.assertQuiet();
    }

    private static boolean counts(Scene scene) {
        return scene.network() != Network.NATS_LIKE;
    }

    @OnEveryBus
    void eachOfThreeIsHeard(Scene scene) {
        serveFrom(scene, 3);

        assertEveryoneIsHeard(scene, 3, counts(scene));
    }

    @OnEveryBus
    void eachOfTwoAndOneIsHeard(Scene scene) {
        serveFrom(scene, 2, 1);

        assertEveryoneIsHeard(scene, 3, counts(scene));
    }

    @OnEveryBus
    void tenTenthsAreOne(Scene scene) {
        serveFrom(scene, 10);

        assertEveryoneIsHeard(scene, 10, counts(scene));
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void eachIsHeardBeforeTheCount(Scene scene) {
        scene.redis().countAnswer(CountAnswer.AFTER_DELIVERY);
        serveFrom(scene, 3, 2);

        assertEveryoneIsHeard(scene, 5, true);
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void eachIsHeardWhereCountsAreNotToBeTrusted(Scene scene) {
        scene.redis().receiverCount(ReceiverCount.UNKNOWN);
        serveFrom(scene, 2, 1);

        assertEveryoneIsHeard(scene, 3, false);
    }

    @OnEveryBus
    void theClientsOwnProcessCountsAsWell(Scene scene) {
        MessageBus home = scene.home();
        scene.server(home, "s1", serve(ALL, new Desk("s1")), bid(0.1f, new Desk("s1")));
        scene.server(home, "s2", serve(ALL, new Desk("s2")), bid(0.2f, new Desk("s2")));

        assertEveryoneIsHeard(scene, 2, counts(scene));
    }
}
