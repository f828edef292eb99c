package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.MessageBus;
import io.psrpc.bus.Turn;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.wire.Msg;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Rows("B09")
class EqualUpdatesTest {
    private static final Duration GO_HOLD = Duration.ofSeconds(5);

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void twoEqualQueueUpdatesAreBothDelivered(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process());
                RpcClient client = Depot.client(network.process());
                Heard<StringValue> news = setting.flavour().subscribe(client, Depot.NEWS);
                Heard<StringValue> hints = setting.flavour().subscribe(client, Depot.HINTS)) {
            for (int i = 0; i < 2; i++) {
                setting.flavour().publish(publisher, Depot.NEWS, Depot.text("same"));
                setting.flavour().publish(publisher, Depot.HINTS, Depot.text("same"));
            }

            assertThat(news.now()).containsExactly(Depot.text("same"), Depot.text("same"));
            assertThat(hints.now()).containsExactly(Depot.text("same"), Depot.text("same"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BrokerKind.class)
    void twoEqualMessagesOnAChannelOfOnesOwnAreBothDelivered(BrokerKind broker) {
        BusChannel channel = BusChannel.named("own");
        try (Network network = Network.inline(broker)) {
            MessageBus bus = network.process();
            try (Subscription<StringValue> own = bus.subscribeQueue(channel, Depot.TEXT, SubscriptionOptions.DEFAULT)) {
                Threads.join(bus.publish(channel, Depot.text("same")));
                Threads.join(bus.publish(channel, Depot.text("same")));

                assertThat(new Heard.Pulled<>(own).now()).containsExactly(Depot.text("same"), Depot.text("same"));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#redisLike")
    void aPeerDoesNotGetWhatIsOurs(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process());
                RpcClient client = Depot.client(network.process());
                Heard<StringValue> news = setting.flavour().subscribe(client, Depot.NEWS)) {
            Taking taking = new Taking(network.peer().listen(Depot.requests(Depot.NEWS), Delivery.ONE_OF_GROUP));
            setting.flavour().publish(publisher, Depot.NEWS, Depot.text("ours"));

            assertThat(taking.isOurs(0)).isFalse();
            assertThat(news.now()).containsExactly(Depot.text("ours"));
        }
    }

    /** The peer has the frame first, and takes it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#redisLike")
    void aLockThatAPeerHasTakenIsHonoured(Setting setting) {
        try (Network network = Network.inline(setting.broker())) {
            RawPeer peer = network.peer();
            Taking taking = new Taking(peer.listen(Depot.requests(Depot.NEWS), Delivery.ONE_OF_GROUP));
            Msg.Builder update = Frames.of(Depot.text("theirs"));
            peer.publish(Depot.requests(Depot.NEWS), update);
            assertThat(taking.isOurs(0)).isTrue();
            try (RpcClient client = Depot.client(network.process());
                    Heard<StringValue> news = setting.flavour().subscribe(client, Depot.NEWS)) {
                peer.publish(Depot.requests(Depot.NEWS), update);
                assertThat(news.now()).isEmpty();

                network.time().advance(GO_HOLD);
                peer.publish(Depot.requests(Depot.NEWS), update);
                assertThat(news.now()).containsExactly(Depot.text("theirs"));
            }
        }
    }

    /** A member of the group that locks as Go does. */
    private record Taking(RawPeer.Ear ear) {
        boolean isOurs(int frame) {
            Turn turn = ear.turns().get(frame);
            return Threads.join(turn.take(GO_HOLD).toCompletableFuture());
        }
    }
}
