package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Rows("B01")
class SubscribeThenPublishTest {
    private static final int ROUNDS = 20;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void whatIsPublishedAfterSubscribingArrives(Setting setting) {
        try (Network network = Network.threaded(setting.broker());
                RpcClient client = Depot.client(network.process());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            for (int i = 0; i < ROUNDS; i++) {
                Topic topic = Topic.of("room " + i);
                try (Heard<StringValue> room =
                        setting.flavour().subscribe(client, Depot.ROOM, topic, SubscriptionOptions.DEFAULT)) {
                    setting.flavour().publish(publisher, Depot.ROOM, topic, Depot.text("hello " + i));

                    assertThat(room.next().getValue()).isEqualTo("hello " + i);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aQueueUpdateArrivesToo(Setting setting) {
        try (Network network = Network.threaded(setting.broker());
                RpcClient client = Depot.client(network.process());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            for (int i = 0; i < ROUNDS; i++) {
                try (Heard<StringValue> news = setting.flavour().subscribe(client, Depot.NEWS)) {
                    setting.flavour().publish(publisher, Depot.NEWS, Depot.text("news " + i));

                    assertThat(news.next().getValue()).isEqualTo("news " + i);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BrokerKind.class)
    void aMessageOnAChannelOfOnesOwnArrivesToo(BrokerKind broker) {
        BusChannel channel = BusChannel.named("own");
        try (Network network = Network.threaded(broker)) {
            MessageBus there = network.process();
            MessageBus here = network.process();
            for (int i = 0; i < ROUNDS; i++) {
                try (Subscription<StringValue> own = here.subscribe(channel, Depot.TEXT, SubscriptionOptions.DEFAULT)) {
                    Threads.join(there.publish(channel, Depot.text("own " + i)));

                    assertThat(new Heard.Pulled<>(own).next().getValue()).isEqualTo("own " + i);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aCallFindsAServerThatHasJustStarted(Setting setting) {
        try (Network network = Network.threaded(setting.broker());
                RpcClient client = Depot.client(network.process())) {
            MessageBus serving = network.process();
            for (int i = 0; i < ROUNDS; i++) {
                try (RpcServer server = Depot.server(serving, Depot.WORK, (ctx, request) -> request)) {
                    StringValue request = Depot.text(server.serverId());

                    assertThat(setting.flavour().call(client, Depot.WORK, request))
                            .isEqualTo(request);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#fakes")
    void subscribingReturnsOnlyWhenTheBrokerHasConfirmed(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcClient client = Depot.client(network.process());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            network.fake().holdConfirmations(true);
            CompletableFuture<Heard<StringValue>> subscribed =
                    Threads.run(() -> setting.flavour().subscribe(client, Depot.ALERTS));
            network.fake().heldAnswers().await(1);
            setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("too early"));
            assertThat(subscribed).isNotDone();

            network.fake().heldAnswers().giveAll();
            try (Heard<StringValue> alerts = Threads.join(subscribed)) {
                setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("in time"));

                assertThat(alerts.now()).containsExactly(Depot.text("in time"));
            }
        }
    }
}
