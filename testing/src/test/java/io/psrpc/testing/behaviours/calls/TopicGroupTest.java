package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK_ROOM;
import static io.psrpc.testing.behaviours.calls.Trial.PICK_ROOM;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.fleet.FleetHandler;
import com.example.fleet.FleetServer;
import com.example.fleet.HelloRequest;
import com.example.fleet.HelloResponse;
import com.example.fleet.Job;
import com.example.fleet.JobResult;
import com.example.fleet.RackTopic;
import com.example.fleet.Stats;
import com.example.fleet.StatsRequest;
import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.RequestContext;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.List;

/** Several methods of one topic, registered together: all or none. */
@Rows("C09")
class TopicGroupTest {
    private static final Topic ATTIC = Topic.of("attic");

    private final Desk desk = new Desk("one");
    private final Binding ask = Binding.unary(ASK_ROOM, ATTIC, desk);
    private final Binding pick = Binding.unary(PICK_ROOM, ATTIC, desk);

    private static void assertNobodyThere(Scene scene, RpcClient client) {
        scene.callRoom(client, ASK_ROOM, "attic", "x").failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
        scene.callRoom(client, PICK_ROOM, "attic", "x").failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
    }

    private static void assertServed(Scene scene, RpcClient client) {
        Call<StringValue> asking = scene.callRoom(client, ASK_ROOM, "attic", "x");
        Call<StringValue> picking = scene.callRoom(client, PICK_ROOM, "attic", "x");
        scene.passMillis(200);
        assertThat(asking.answer()).isEqualTo(text("one: x"));
        assertThat(picking.answer()).isEqualTo(text("one: x"));
    }

    @OnEveryBus
    void isServedAndEndsTogether(Scene scene) {
        RpcServer server = scene.server(scene.process(), "one");
        RpcClient client = scene.client();
        Registration group = server.register(ask, pick);
        assertServed(scene, client);

        group.close();

        assertNobodyThere(scene, client);
    }

    /** The name of the channel by which the second method is asked. */
    private static boolean isRefused(Scene scene, String address) {
        var channel = ChannelNames.requests(WireProfile.CURRENT, "Trial", "PickRoom", List.of("attic"), false);
        return address.equals(scene.network() == Network.REDIS_LIKE ? channel.flat() : channel.subject());
    }

    @OnEveryBus(networks = {Network.REDIS_LIKE, Network.NATS_LIKE})
    void whatTheBrokerTookIsTakenBackWhenItRefusesTheRest(Scene scene) {
        RpcServer server = scene.server(scene.process(), "one");
        RpcClient client = scene.client();
        List<String> before = scene.broker().subscribedAddresses();
        scene.broker().refuse(address -> isRefused(scene, address));

        assertThatThrownBy(() -> server.register(ask, pick))
                .isInstanceOfSatisfying(
                        PsrpcException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));

        scene.broker().refuse(address -> false);
        assertThat(scene.broker().subscribedAddresses()).isEqualTo(before);
        assertThat(scene.inventory().subscriptions()).isEqualTo(before.size());
        assertNobodyThere(scene, client);
        server.register(ask, pick);
        assertServed(scene, client);
    }

    @OnEveryBus
    void nothingIsServedWhenOneIsServedAlready(Scene scene) {
        RpcServer server = scene.server(scene.process(), "one", ask);
        RpcClient client = scene.client();
        int before = scene.inventory().subscriptions();

        assertThatThrownBy(() -> server.register(pick, ask))
                .isInstanceOfSatisfying(
                        PsrpcException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS))
                .hasMessageContaining("Trial.AskRoom [attic]");

        assertThat(scene.inventory().subscriptions()).isEqualTo(before);
        Call<StringValue> picking = scene.callRoom(client, PICK_ROOM, "attic", "x");
        scene.passMillis(1000);
        picking.failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
        assertThat(scene.callRoom(client, ASK_ROOM, "attic", "x").answer()).isEqualTo(text("one: x"));
        server.register(pick);
        assertServed(scene, client);
    }

    @OnEveryBus(networks = {Network.REDIS_LIKE, Network.NATS_LIKE})
    void whatIsConfirmedTooLateIsTakenBack(Scene scene) {
        MessageBus process = scene.process();
        RpcServer server =
                scene.server(process, ServerOptions.builder().serverId("one").startTimeout(Duration.ofSeconds(2)));
        RpcClient client = scene.client();
        List<String> before = scene.broker().subscribedAddresses();
        scene.broker().holdConfirmations(true);

        Call<Registration> registering = scene.run(() -> server.register(ask, pick));
        scene.broker().heldAnswers().await(1);
        scene.passMillis(2000);
        assertThat(registering.failure()).returns(ErrorCode.UNAVAILABLE, PsrpcException::code);
        scene.broker().holdConfirmations(false);
        scene.broker().heldAnswers().giveAll();
        scene.settle();

        assertThat(scene.broker().subscribedAddresses()).isEqualTo(before);
        assertThat(scene.inventory().subscriptions()).isEqualTo(before.size());
        assertNobodyThere(scene, client);
        server.register(ask, pick);
        assertServed(scene, client);
    }

    @OnEveryBus(networks = {Network.REDIS_LIKE, Network.NATS_LIKE})
    void aGeneratedGroupIsTakenBackToo(Scene scene) {
        try (FleetServer server = FleetServer.start(scene.process(), new Fleet())) {
            List<String> before = scene.broker().subscribedAddresses();
            RackTopic rack = new RackTopic("eu", "7");
            scene.broker()
                    .refuse(address ->
                            (address.contains("eu") && address.contains("RestartRack")) || address.endsWith("eu.7.Q"));

            assertThatThrownBy(() -> server.registerAllRackTopics(rack))
                    .isInstanceOfSatisfying(
                            PsrpcException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PERMISSION_DENIED));
            assertThat(scene.broker().subscribedAddresses()).isEqualTo(before);

            scene.broker().refuse(address -> false);
            Registration group = server.registerAllRackTopics(rack);
            assertThat(scene.broker().subscribedAddresses()).hasSizeGreaterThan(before.size());
            group.close();
            assertThat(scene.broker().subscribedAddresses()).isEqualTo(before);
        }
    }

    private static final class Fleet implements FleetHandler {
        @Override
        public HelloResponse hello(RequestContext ctx, HelloRequest request) {
            return HelloResponse.getDefaultInstance();
        }

        @Override
        public JobResult runJob(RequestContext ctx, Job request) {
            return JobResult.getDefaultInstance();
        }

        @Override
        public float runJobAffinity(RequestContext ctx, Job request) {
            return 1;
        }

        @Override
        public Stats getStats(RequestContext ctx, StatsRequest request) {
            return Stats.getDefaultInstance();
        }

        @Override
        public Stats getRackStats(RequestContext ctx, StatsRequest request) {
            return Stats.getDefaultInstance();
        }

        @Override
        public Stats restartRack(RequestContext ctx, StatsRequest request) {
            return Stats.getDefaultInstance();
        }
    }
}
