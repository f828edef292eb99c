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
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queue methods and queue subscriptions of one service and topic, which have one subject where subjects leave the method out. */
@Rows("B15")
class SharedSubjectTest {
    private static final int CALLS = 20;
    private static final int UPDATES = 100;
    private static final Topic HALL = Topic.of("hall");

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void callsAndUpdatesAllArriveWithoutATopic(Setting setting) {
        callsAndUpdatesAllArrive(setting, Depot.WORK, Depot.NEWS, Topic.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void callsAndUpdatesAllArriveOnATopic(Setting setting) {
        callsAndUpdatesAllArrive(setting, Depot.TIDY, Depot.TIPS, HALL);
    }

    private static void callsAndUpdatesAllArrive(
            Setting setting,
            MethodDefinition<StringValue, StringValue> method,
            MethodDefinition<?, StringValue> subscription,
            Topic topic) {
        Flavour flavour = setting.flavour();
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcClient caller = Depot.client(network.process());
                RpcPublisher publisher = Depot.publisher(network.process());
                RpcServer server = server(network.process(), Depot.all(), method, topic, ran);
                RpcClient listening = Depot.client(network.process());
                Heard<StringValue> updates =
                        flavour.subscribe(listening, subscription, topic, SubscriptionOptions.DEFAULT)) {
            for (int i = 0; i < UPDATES; i++) {
                flavour.publish(publisher, subscription, topic, Depot.text("update " + i));
                if (i % (UPDATES / CALLS) == 0) {
                    StringValue request = Depot.text("call " + i);
                    assertThat(flavour.call(caller, method, topic, request)).isEqualTo(request);
                }
            }

            assertThat(ran).hasSize(CALLS).doesNotHaveDuplicates();
            assertThat(updates.now())
                    .extracting(StringValue::getValue)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, UPDATES)
                            .mapToObj(i -> "update " + i)
                            .toList());
            assertThat(server.serverId()).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void methodsThatSomeMembersLackAllRun(Setting setting) {
        List<String> worked = new CopyOnWriteArrayList<>();
        List<String> packed = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcClient caller = Depot.client(network.process());
                RpcServer working = server(network.process(), Depot.all(), Depot.WORK, Topic.NONE, worked);
                RpcServer packing = server(network.process(), Depot.all(), Depot.PACK, Topic.NONE, packed)) {
            for (int i = 0; i < CALLS; i++) {
                StringValue request = Depot.text("call " + i);
                assertThat(setting.flavour().call(caller, Depot.WORK, request)).isEqualTo(request);
                assertThat(setting.flavour().call(caller, Depot.PACK, request)).isEqualTo(request);
            }

            assertThat(worked).hasSize(CALLS).doesNotHaveDuplicates();
            assertThat(packed).hasSize(CALLS).doesNotHaveDuplicates();
            assertThat(List.of(working.serverId(), packing.serverId())).doesNotHaveDuplicates();
        }
    }

    /** One server is of a version in which the method does not exist yet. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aMethodThatOldServersDoNotKnowRuns(Setting setting) {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcClient caller = Depot.client(network.process());
                RpcServer old = server(network.process(), Depot.of(Depot.WORK), Depot.WORK, Topic.NONE, ran);
                RpcServer current = server(network.process(), Depot.all(), Depot.WORK, Topic.NONE, ran)) {
            current.register(echo(Depot.PACK, Topic.NONE, ran));
            for (int i = 0; i < CALLS; i++) {
                setting.flavour().call(caller, Depot.WORK, Depot.text("work " + i));
                setting.flavour().call(caller, Depot.PACK, Depot.text("pack " + i));
            }

            assertThat(ran).hasSize(2 * CALLS).doesNotHaveDuplicates();
            assertThat(old.serverId()).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void aFrameIsHandedOnOnce(Setting setting) {
        List<String> ran = new CopyOnWriteArrayList<>();
        List<String> frames = new ArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcClient caller = Depot.client(network.process());
                RpcPublisher publisher = Depot.publisher(network.process());
                RpcServer working = server(network.process(), Depot.all(), Depot.WORK, Topic.NONE, ran);
                RpcServer packing = server(network.process(), Depot.all(), Depot.PACK, Topic.NONE, ran);
                RpcClient listening = Depot.client(network.process());
                Heard<StringValue> news = setting.flavour().subscribe(listening, Depot.NEWS)) {
            network.nats().observe(frame -> frames.add(frame.address()));
            for (int i = 0; i < CALLS; i++) {
                setting.flavour().call(caller, Depot.WORK, Depot.text("call " + i));
                setting.flavour().publish(publisher, Depot.NEWS, Depot.text("news " + i));
            }

            assertThat(news.now()).hasSize(CALLS);
            List<String> handedOn = frames.stream()
                    .filter(address -> address.startsWith("KEY."))
                    .toList();
            assertThat(frames).filteredOn("SRV.Depot.Q"::equals).hasSize(2 * CALLS);
            assertThat(handedOn).isNotEmpty().hasSizeLessThan(2 * CALLS);
            assertThat(handedOn).containsOnly("KEY.Depot.Work.REQ", "KEY.Depot.News.REQ");
            assertThat(List.of(working.serverId(), packing.serverId())).doesNotHaveDuplicates();
        }
    }

    /** Two members of the group serve other things: neither gets what the other one has handed on. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void whatNobodyServesIsUnavailableAtOnce(Setting setting) {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcClient caller = Depot.client(network.process());
                RpcServer working = server(network.process(), Depot.all(), Depot.WORK, Topic.NONE, ran);
                RpcClient listening = Depot.client(network.process());
                Heard<StringValue> news = setting.flavour().subscribe(listening, Depot.NEWS)) {
            for (int i = 0; i < 4; i++) {
                PsrpcException failure = setting.flavour().failure(caller, Depot.PACK, Depot.text("pack"));

                assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(failure).hasMessage("no response from servers");
                assertThat(failure.serverId()).isEmpty();
            }
            if (setting.broker() == BrokerKind.NATS_LIKE) {
                assertThat(network.fake().published("SRV.Depot.Q")).isEqualTo(4);
                assertThat(network.fake().published("KEY.Depot.Pack.REQ")).isEqualTo(4);
            }
            assertThat(ran).isEmpty();
            assertThat(news.now()).isEmpty();
            assertThat(working.serverId()).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void anUpdateThatNobodyTakesIsDroppedAndCounted(Setting setting) {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus member = network.process();
            try (RpcServer server = server(member, Depot.all(), Depot.WORK, Topic.NONE, ran)) {
                setting.flavour().publish(publisher, Depot.NEWS, Depot.text("news"));

                assertThat(member.stats().dropped(DropReason.NOT_SERVED)).isOne();
                assertThat(network.fake().published("KEY.Depot.News.REQ")).isOne();
                assertThat(ran).isEmpty();
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    /** Its own address says that a frame has been handed on, so one that is wrong there goes nowhere else. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void whatWasHandedOnIsNotHandedOnAgain(Setting setting) {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker())) {
            MessageBus member = network.process();
            try (RpcServer working = server(member, Depot.all(), Depot.WORK, Topic.NONE, ran);
                    RpcServer packing = server(network.process(), Depot.all(), Depot.PACK, Topic.NONE, ran)) {
                RawPeer peer = network.peer();
                RawPeer.Ear answers = peer.listen(Depot.responses("CLI_peer"));
                var own = new io.psrpc.bus.BusChannel("", "KEY.Depot.Work.REQ", "Pack.REQ");

                peer.publish(
                        own,
                        Frames.of(Frames.request(network.time(), "REQ_1", "CLI_peer", "pack")
                                .build()));

                assertThat(member.stats().dropped(DropReason.NOT_SERVED)).isOne();
                assertThat(network.fake().published("KEY.Depot.Work.REQ")).isOne();
                assertThat(network.fake().published("KEY.Depot.Pack.REQ")).isZero();
                assertThat(answers.heard()).hasSize(1);
                assertThat(ran).isEmpty();
                assertThat(List.of(working.serverId(), packing.serverId())).doesNotHaveDuplicates();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aCallThatWaitsForItsServerWaitsBesideOtherMembersToo(Setting setting) {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcClient caller = Depot.client(network.process());
                RpcServer working = server(network.process(), Depot.all(), Depot.WORK, Topic.NONE, ran)) {
            MessageBus late = network.process();
            CompletableFuture<StringValue> call = setting.flavour()
                    .start(caller, Depot.PACK, Depot.text("pack"), CallOptions.DEFAULT.withWaitForServer(true));
            network.time().advance(Duration.ofMillis(500));
            assertThat(call).isNotDone();
            try (RpcServer packing = server(late, Depot.all(), Depot.PACK, Topic.NONE, ran)) {
                network.time().advance(Duration.ofMillis(200));

                assertThat(Threads.join(call)).isEqualTo(Depot.text("pack"));
                assertThat(ran).containsExactly("pack");
                assertThat(List.of(working.serverId(), packing.serverId())).doesNotHaveDuplicates();
            }
        }
    }

    /** A member that does not hand on, as those written in Go, swallows the calls that are not its own: of two members every second one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void aMemberThatDoesNotHandOnSwallowsCalls(Setting setting) {
        Flavour flavour = setting.flavour();
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcClient caller = Depot.client(network.process());
                RpcServer server = server(network.process(), Depot.all(), Depot.WORK, Topic.NONE, ran)) {
            RawPeer.Ear swallowing = network.peer().listen(Depot.requests(Depot.WORK), Delivery.ONE_OF_GROUP);
            for (int i = 1; i <= CALLS / 2; i++) {
                flavour.call(caller, Depot.WORK, Depot.text("served " + i));
                CompletableFuture<StringValue> call =
                        flavour.start(caller, Depot.WORK, Depot.text("lost " + i), CallOptions.DEFAULT);
                assertThat(swallowing.heard()).hasSize(i);
                assertThat(call).isNotDone();
                network.time().advance(Duration.ofSeconds(1));

                PsrpcException failure = Threads.failure(call);
                assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(failure).hasMessage("no response from servers");
            }
            assertThat(ran)
                    .hasSize(CALLS / 2)
                    .allSatisfy(text -> assertThat(text).startsWith("served"));
            assertThat(server.serverId()).isNotEmpty();
        }
    }

    /** Of three members, one hands its share on, one has what it gets, and one swallows: a third of the updates is gone, unnoticed. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void aMemberThatDoesNotHandOnSwallowsUpdates(Setting setting) {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process());
                RpcServer server = server(network.process(), Depot.all(), Depot.WORK, Topic.NONE, ran);
                RpcClient listening = Depot.client(network.process());
                Heard<StringValue> news = setting.flavour().subscribe(listening, Depot.NEWS)) {
            RawPeer.Ear swallowing = network.peer().listen(Depot.requests(Depot.WORK), Delivery.ONE_OF_GROUP);
            for (int i = 0; i < 3 * CALLS; i++) {
                setting.flavour().publish(publisher, Depot.NEWS, Depot.text("news " + i));
            }

            assertThat(swallowing.heard()).hasSize(CALLS);
            assertThat(news.now()).hasSize(2 * CALLS);
            assertThat(server.serverId()).isNotEmpty();
        }
    }

    /** A service with one queue method has peers as any other: what reaches who knows more than that method is handed on to it too. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#natsLike")
    void membersThatKnowOneQueueMethodAreHandedItsRequests(Setting setting) {
        List<String> ran = new CopyOnWriteArrayList<>();
        try (Network network = Network.inline(setting.broker());
                RpcClient caller = Depot.client(network.process());
                RpcServer old = server(network.process(), Depot.of(Depot.WORK), Depot.WORK, Topic.NONE, ran);
                RpcClient listening = Depot.client(network.process());
                Heard<StringValue> news = setting.flavour().subscribe(listening, Depot.NEWS)) {
            setting.flavour().call(caller, Depot.WORK, Depot.text("work"));
            setting.flavour().call(caller, Depot.WORK, Depot.text("handed on"));

            assertThat(ran).containsExactly("work", "handed on");
            assertThat(news.now()).isEmpty();
            assertThat(old.serverId()).isNotEmpty();
        }
    }

    private static RpcServer server(
            MessageBus bus,
            ServiceDefinition service,
            MethodDefinition<StringValue, StringValue> method,
            Topic topic,
            List<String> ran) {
        RpcServer server = RpcServer.create(bus, service, ServerOptions.DEFAULT);
        server.register(echo(method, topic, ran));
        return server;
    }

    /** Notes what it runs. */
    private static Binding echo(MethodDefinition<StringValue, StringValue> method, Topic topic, List<String> ran) {
        return Binding.unary(method, topic, (ctx, request) -> {
            ran.add(request.getValue());
            return request;
        });
    }
}
