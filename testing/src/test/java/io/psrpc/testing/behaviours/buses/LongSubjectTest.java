package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.ServerOptions;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusState.Status;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses longer than a broker can have, as a NATS subject that does not fit the control line of 4,096 bytes. */
@Rows("B12")
class LongSubjectTest {
    private static final StringValue TEXT = Depot.text("text");
    private static final Topic LONG = Topic.of("x".repeat(4096));
    /** Two bytes of each character are six in a subject. */
    private static final Topic WIDE = Topic.of("é".repeat(700));

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void isAnErrorForWhoeverUsesItAndTheConnectionLivesOn(Setting setting) {
        Flavour flavour = setting.flavour();
        try (Network network = Network.inline(setting.broker());
                RpcServer other = Depot.server(network.process(), Depot.WORK, (ctx, request) -> request)) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    RpcPublisher publisher = Depot.publisher(bus);
                    RpcServer server = RpcServer.create(bus, Depot.all(), ServerOptions.DEFAULT);
                    Heard<StringValue> alerts = flavour.subscribe(client, Depot.ALERTS)) {
                for (Topic topic : List.of(LONG, WIDE)) {
                    assertRefused(() -> flavour.call(client, Depot.TIDY, topic, TEXT));
                    assertRefused(() -> Threads.join(
                            client.requestAllAsync(Depot.COUNT_ROOM, topic, TEXT, CallOptions.DEFAULT, each -> {})));
                    assertRefused(() -> flavour.publish(publisher, Depot.ROOM, topic, TEXT));
                    assertRefused(() -> flavour.publish(publisher, Depot.TIPS, topic, TEXT));
                    assertRefused(() -> flavour.subscribe(client, Depot.ROOM, topic, SubscriptionOptions.DEFAULT));
                    assertRefused(() -> flavour.subscribe(client, Depot.TIPS, topic, SubscriptionOptions.DEFAULT));
                    assertRefused(() -> server.register(Binding.unary(Depot.TIDY, topic, (ctx, text) -> text)));
                }
                BusChannel own = BusChannel.named("x".repeat(4096));
                assertRefused(() -> Threads.join(bus.publish(own, TEXT)));
                assertRefused(() -> bus.subscribe(own, Depot.TEXT, SubscriptionOptions.DEFAULT));

                assertThat(bus.state().status()).isEqualTo(Status.CONNECTED);
                assertThat(bus.stats().reconnects()).isZero();
                assertThat(flavour.call(client, Depot.WORK, TEXT)).isEqualTo(TEXT);
                flavour.publish(publisher, Depot.ALERTS, TEXT);
                assertThat(alerts.now()).containsExactly(TEXT);
                assertThat(alerts.gaps()).isZero();
                assertThat(other.serverId()).isNotEmpty();
            }
        }
    }

    private static void assertRefused(Runnable action) {
        PsrpcException failure = Threads.failure(action);
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(failure.isFromPeer()).isFalse();
        assertThat(failure.getMessage())
                .startsWith("address: ")
                .contains("(expected: at most 4076 bytes on nats-like ");
    }

    /** The longest that fits, and what needs no subject at all. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void upToItsLengthATopicWorks(Setting setting) {
        int longest = setting.broker() == BrokerKind.NATS_LIKE ? 4076 - "KEY.Depot..Tidy.REQ".length() : 100_000;
        Topic topic = Topic.of("x".repeat(longest));
        try (Network network = Network.inline(setting.broker());
                RpcClient client = Depot.client(network.process());
                RpcServer server = RpcServer.create(network.process(), Depot.all(), ServerOptions.DEFAULT)) {
            server.register(Binding.unary(Depot.TIDY, topic, (ctx, text) -> text));

            assertThat(setting.flavour().call(client, Depot.TIDY, topic, TEXT)).isEqualTo(TEXT);
        }
    }

    /** A client's own inbox fits, since it has subscribed to it; whose inbox does not, hears nothing, and nobody else notices. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void aServerThatCannotAnswerForItGoesOn(Setting setting) {
        String service = "D".repeat(3900);
        MethodDefinition<StringValue, StringValue> method =
                MethodDefinition.unary(service, "Work", Depot.TEXT, Depot.TEXT).build();
        ServiceDefinition definition = new ServiceDefinition(service, List.of(method));
        BusChannel requests = ChannelNames.requests(WireProfile.CURRENT, service, "Work", List.of(), true);
        try (Network network = Network.inline(setting.broker());
                RpcClient client = Depot.client(network.process(), definition)) {
            MessageBus bus = network.process();
            try (RpcServer server = RpcServer.create(bus, definition, ServerOptions.DEFAULT)) {
                server.register(Binding.unary(method, Topic.NONE, (ctx, text) -> text));
                network.peer()
                        .publish(
                                requests,
                                Frames.of(Frames.request(network.time(), "REQ_1", "C".repeat(256), "lost")
                                        .setSkipClaim(true)
                                        .build()));

                assertThat(bus.state().status()).isEqualTo(Status.CONNECTED);
                assertThat(setting.flavour().call(client, method, TEXT)).isEqualTo(TEXT);
            }
        }
    }
}
