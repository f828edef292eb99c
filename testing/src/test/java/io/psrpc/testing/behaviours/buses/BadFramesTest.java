package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int32Value;
import com.google.protobuf.StringValue;
import com.google.protobuf.UnknownFieldSet;
import io.psrpc.ClientOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusStats;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.wire.Msg;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Rows("B04")
class BadFramesTest {
    private static final ByteString GARBAGE = ByteString.copyFrom(new byte[] {10, -1, -1, -1, -1, 15, 1});
    private static final UnknownFieldSet UNKNOWN = UnknownFieldSet.newBuilder()
            .addField(
                    4711,
                    UnknownFieldSet.Field.newBuilder()
                            .addFixed64(1)
                            .addVarint(2)
                            .build())
            .build();

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aSubscriptionCountsBadUpdatesAndGoesOn(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            BusChannel channel = Depot.requests(Depot.ALERTS);
            try (RpcClient client = Depot.client(bus);
                    Heard<StringValue> alerts = setting.flavour().subscribe(client, Depot.ALERTS)) {
                RawPeer peer = network.peer();
                peer.publish(channel, Frames.of(Int32Value.of(1)));
                peer.publish(channel, Frames.of("google.protobuf.StringValue", GARBAGE));
                peer.publish(channel, GARBAGE.toByteArray());
                peer.publish(channel, Frames.of(Depot.text("odd")).setUnknownFields(UNKNOWN));
                peer.publish(
                        channel,
                        Frames.of(Depot.text("odder").toBuilder()
                                .setUnknownFields(UNKNOWN)
                                .build()));
                setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("good"));

                assertThat(alerts.now()).extracting(StringValue::getValue).containsExactly("odd", "odder", "good");
                assertDropped(bus, Map.of(DropReason.WRONG_TYPE, 1L, DropReason.MALFORMED, 2L));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aServerCountsBadFramesAndGoesOn(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcClient client = Depot.client(network.process())) {
            MessageBus bus = network.process();
            try (RpcServer server = Depot.server(bus, Depot.WORK, (ctx, request) -> request)) {
                RawPeer peer = network.peer();
                for (BusChannel channel : new BusChannel[] {Depot.requests(Depot.WORK), Depot.grants(Depot.WORK)}) {
                    peer.publish(channel, Frames.of(Depot.text("no request")));
                    peer.publish(channel, Frames.of("internal.Request", GARBAGE));
                    peer.publish(channel, Frames.of("internal.ClaimResponse", GARBAGE));
                    peer.publish(channel, GARBAGE.toByteArray());
                }
                peer.publish(Depot.grants(Depot.WORK), Frames.of(Frames.grant("REQ_unknown", server.serverId())));

                assertThat(setting.flavour().call(client, Depot.WORK, Depot.text("pick")))
                        .isEqualTo(Depot.text("pick"));
                assertDropped(bus, Map.of(DropReason.WRONG_TYPE, 4L, DropReason.MALFORMED, 4L));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aRequestWithUnknownFieldsIsServed(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcServer server = Depot.server(network.process(), Depot.COUNT, (ctx, request) -> request)) {
            RawPeer peer = network.peer();
            RawPeer.Ear responses = peer.listen(Depot.responses("CLI_peer"));
            Msg.Builder request = Frames.of(Frames.request(network.time(), "REQ_1", "CLI_peer", "odd")
                    .setUnknownFields(UNKNOWN)
                    .build());

            peer.publish(Depot.requests(Depot.COUNT), request.setUnknownFields(UNKNOWN));

            assertThat(responses.heard())
                    .singleElement()
                    .satisfies(response ->
                            assertThat(response.getValue().toStringUtf8()).contains("odd", server.serverId()));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aClientCountsBadFramesAndGoesOn(Setting setting) {
        ClientOptions options = ClientOptions.builder().clientId("CLI_own").build();
        try (Network network = Network.inline(setting.broker());
                RpcServer server = Depot.server(network.process(), Depot.WORK, (ctx, request) -> request)) {
            MessageBus bus = network.process();
            try (RpcClient client = RpcClient.create(bus, Depot.all(), options)) {
                RawPeer peer = network.peer();
                for (BusChannel channel : new BusChannel[] {Depot.responses("CLI_own"), Depot.bids("CLI_own")}) {
                    peer.publish(channel, Frames.of(Depot.text("neither")));
                    peer.publish(channel, Frames.of("internal.Response", GARBAGE));
                    peer.publish(channel, Frames.of("internal.ClaimRequest", GARBAGE));
                    peer.publish(channel, GARBAGE.toByteArray());
                }
                peer.publish(Depot.responses("CLI_own"), Frames.of(Frames.response("REQ_gone", "SRV_1", "late")));
                peer.publish(Depot.bids("CLI_own"), Frames.of(Frames.bid("REQ_gone", "SRV_1", 1)));

                assertThat(setting.flavour().call(client, Depot.WORK, Depot.text("pick")))
                        .isEqualTo(Depot.text("pick"));
                assertDropped(
                        bus, Map.of(DropReason.WRONG_TYPE, 4L, DropReason.MALFORMED, 4L, DropReason.NO_LISTENER, 2L));
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    /** Where addresses are shared a frame may be for a channel that nobody listens to; elsewhere its key says nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void framesForUnknownChannelsAreCounted(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    Heard<StringValue> alerts = setting.flavour().subscribe(client, Depot.ALERTS);
                    Heard<StringValue> news = setting.flavour().subscribe(client, Depot.NEWS)) {
                RawPeer peer = network.peer();
                for (var method : new io.psrpc.stub.MethodDefinition<?, ?>[] {Depot.ALERTS, Depot.NEWS}) {
                    BusChannel channel = Depot.requests(method);
                    BusChannel other = new BusChannel(channel.flat(), channel.subject(), "Nobody.REQ");
                    peer.publish(other, Frames.of(Depot.text("nobody's")));
                    peer.publish(BusChannel.named(channel.subject()), Frames.of(Depot.text("no key")));
                    setting.flavour().publish(publisher, only(method), Depot.text("good"));
                }

                assertThat(alerts.now()).containsExactly(Depot.text("good"));
                assertThat(news.now()).containsExactly(Depot.text("good"));
                assertDropped(bus, Map.of(DropReason.NO_LISTENER, 3L, DropReason.NOT_SERVED, 1L));
            }
        }
    }

    @SuppressWarnings("unchecked") // both carry text
    private static io.psrpc.stub.MethodDefinition<?, StringValue> only(io.psrpc.stub.MethodDefinition<?, ?> method) {
        return (io.psrpc.stub.MethodDefinition<?, StringValue>) method;
    }

    private static void assertDropped(MessageBus bus, Map<DropReason, Long> expected) {
        BusStats stats = bus.stats();
        assertThat(stats.dropped()).isEqualTo(expected);
    }
}
