package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Rows("B05")
class OneBrokerSubscriptionTest {
    private static final int MEMBERS = 5;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#fakes")
    void manySubscribersInOneProcessAreOneAtTheBroker(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process());
                RpcClient client = Depot.client(network.process())) {
            String address = network.peer().address(Depot.requests(Depot.ALERTS));
            List<Heard<StringValue>> subscribers = new ArrayList<>();
            for (int i = 0; i < MEMBERS; i++) {
                subscribers.add(setting.flavour().subscribe(client, Depot.ALERTS));
            }
            setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("alert"));

            assertThat(network.fake().subscribers(address)).isOne();
            assertThat(network.fake().published(address)).isOne();
            assertThat(subscribers)
                    .allSatisfy(subscriber -> assertThat(subscriber.now()).containsExactly(Depot.text("alert")));
            subscribers.forEach(Heard::close);
            assertThat(network.fake().subscribers(address)).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aQueuesUpdatesGoRoundWithinTheProcess(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            List<RpcClient> clients = new ArrayList<>();
            List<Heard<StringValue>> subscribers = new ArrayList<>();
            for (int i = 0; i < MEMBERS; i++) {
                RpcClient client = Depot.client(bus, Depot.of(Depot.NEWS));
                clients.add(client);
                subscribers.add(setting.flavour().subscribe(client, Depot.NEWS));
            }
            for (int i = 0; i < 2 * MEMBERS; i++) {
                setting.flavour().publish(publisher, Depot.NEWS, Depot.text("news " + i));
            }

            if (setting.broker().isFake()) {
                String address = network.peer().address(Depot.requests(Depot.NEWS));
                assertThat(network.fake().subscribers(address)).isOne();
                assertThat(network.fake().published(address)).isEqualTo(2 * MEMBERS);
            }
            for (int i = 0; i < MEMBERS; i++) {
                assertThat(subscribers.get(i).now())
                        .containsExactly(Depot.text("news " + i), Depot.text("news " + (i + MEMBERS)));
            }
            subscribers.forEach(Heard::close);
            clients.forEach(RpcClient::close);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void callsGoRoundWithinTheProcess(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcClient client = Depot.client(network.process())) {
            MessageBus bus = network.process();
            List<RpcServer> servers = new ArrayList<>();
            List<String> ran = Collections.synchronizedList(new ArrayList<>());
            for (int i = 0; i < MEMBERS; i++) {
                String name = "server " + i;
                servers.add(Depot.server(bus, Depot.WORK, (ctx, request) -> {
                    ran.add(name);
                    return request;
                }));
            }
            for (int i = 0; i < 2 * MEMBERS; i++) {
                setting.flavour().call(client, Depot.WORK, Depot.text("work"));
            }

            List<String> once = ran.subList(0, MEMBERS);
            assertThat(once).doesNotHaveDuplicates();
            assertThat(ran.subList(MEMBERS, 2 * MEMBERS)).isEqualTo(once);
            if (setting.broker().isFake()) {
                String address = network.peer().address(Depot.requests(Depot.WORK));
                assertThat(network.fake().subscribers(address)).isOne();
                assertThat(network.fake().published(address)).isEqualTo(2 * MEMBERS);
            }
            servers.forEach(RpcServer::close);
        }
    }

    /** A plain subscription and a queue one of AFFINITY routing share a subject; so do the calls of other routings. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aPlainAndAQueueSubscriptionLiveSideBySide(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    Heard<StringValue> alerts = setting.flavour().subscribe(client, Depot.ALERTS);
                    Heard<StringValue> hints = setting.flavour().subscribe(client, Depot.HINTS);
                    Heard<StringValue> moreHints = setting.flavour().subscribe(client, Depot.HINTS)) {
                for (int i = 0; i < 4; i++) {
                    setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("alert " + i));
                    setting.flavour().publish(publisher, Depot.HINTS, Depot.text("hint " + i));
                }
                if (setting.broker() == BrokerKind.NATS_LIKE) {
                    String subject = network.peer().address(Depot.requests(Depot.ALERTS));
                    assertThat(network.fake().subscribers(subject)).isEqualTo(2);
                }
                assertThat(alerts.now())
                        .extracting(StringValue::getValue)
                        .containsExactly("alert 0", "alert 1", "alert 2", "alert 3");
                assertThat(hints.now()).extracting(StringValue::getValue).containsExactly("hint 0", "hint 2");
                assertThat(moreHints.now()).extracting(StringValue::getValue).containsExactly("hint 1", "hint 3");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aQueueSubscriptionDoesNotAnswerForTheServersOfItsSubject(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcClient client = Depot.client(network.process());
                RpcClient listening = Depot.client(network.process());
                Heard<StringValue> hints = setting.flavour().subscribe(listening, Depot.HINTS);
                RpcServer server = Depot.server(network.process(), Depot.COUNT, (ctx, request) -> request)) {
            CallOptions two = CallOptions.DEFAULT.withExpectedResponses(2);
            try (Responses<StringValue> answers =
                    client.requestAll(Depot.COUNT, Topic.NONE, Depot.text("count"), two)) {
                assertThat(answers.next(java.time.Duration.ZERO))
                        .contains(new Response.Success<>(server.serverId(), Depot.text("count")));
                assertThat(answers.next(java.time.Duration.ZERO)).isEmpty();
            }
            assertThat(hints.now()).isEmpty();
        }
    }

    /** A topic named Q is the same subject as the queue without a topic. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aTopicNamedLikeAQueueLivesBesideIt(Setting setting) {
        Topic q = Topic.of("Q");
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process());
                RpcClient client = Depot.client(network.process());
                RpcClient caller = Depot.client(network.process());
                RpcServer server = Depot.server(network.process(), Depot.WORK, (ctx, request) -> request);
                Heard<StringValue> room =
                        setting.flavour().subscribe(client, Depot.ROOM, q, SubscriptionOptions.DEFAULT);
                Heard<StringValue> news = setting.flavour().subscribe(client, Depot.NEWS)) {
            setting.flavour().publish(publisher, Depot.ROOM, q, Depot.text("room"));
            setting.flavour().publish(publisher, Depot.NEWS, Depot.text("news"));

            assertThat(room.now()).containsExactly(Depot.text("room"));
            assertThat(news.now()).containsExactly(Depot.text("news"));
            assertThat(setting.flavour().call(caller, Depot.WORK, Depot.text("work")))
                    .isEqualTo(Depot.text("work"));
            assertThat(server.serverId()).isNotEmpty();
        }
    }
}
