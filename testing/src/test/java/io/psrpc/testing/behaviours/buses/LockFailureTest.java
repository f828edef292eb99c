package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.transports.FakeConnection;
import io.psrpc.testing.transports.LockAnswer;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Rows("B10")
class LockFailureTest {
    private static final StringValue WORK = Depot.text("work");

    /** How a lock fails, for members that bid with it in one step or in two. */
    record Failing(Setting setting, LockAnswer how, boolean isOneStep) {
        static Stream<Failing> all() {
            return Setting.redisLike()
                    .flatMap(setting -> Stream.of(LockAnswer.FAILING, LockAnswer.LOST)
                            .flatMap(how -> Stream.of(false, true).map(one -> new Failing(setting, how, one))));
        }

        @Override
        public String toString() {
            return setting + ", lock " + how + (isOneStep ? ", bid in one step" : "");
        }
    }

    /** Two members in two processes, and how often their handlers ran. */
    private static final class Scene implements AutoCloseable {
        final Network network = Network.inline(BrokerKind.REDIS_LIKE);
        final AtomicInteger runs = new AtomicInteger();
        final List<MessageBus> members = new ArrayList<>();
        private final List<RpcServer> servers = new ArrayList<>();

        Scene(int members, MethodDefinition<StringValue, StringValue> method, ServerOptions options) {
            for (int i = 0; i < members; i++) {
                MessageBus bus = network.process();
                this.members.add(bus);
                servers.add(Depot.server(bus, options, method, (ctx, request) -> {
                    runs.incrementAndGet();
                    return request;
                }));
            }
        }

        void failLocks(Failing failing) {
            network.redis().lockAnswer(failing.how);
            network.redis().takeAndPublish(failing.isOneStep);
        }

        List<Long> lockFailures() {
            return members.stream()
                    .map(bus -> bus.stats().dropped(DropReason.LOCK_FAILED))
                    .toList();
        }

        @Override
        public void close() {
            servers.forEach(RpcServer::close);
            network.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.LockFailureTest$Failing#all")
    void aRequestThatNeedsNoClaimIsDropped(Failing failing) {
        for (boolean isSkipping : new boolean[] {true, false}) {
            ServerOptions options =
                    ServerOptions.builder().claimSkipping(() -> isSkipping).build();
            try (Scene scene = new Scene(2, Depot.WORK, options);
                    RpcClient client = Depot.client(scene.network.process())) {
                failing.setting.flavour().call(client, Depot.WORK, WORK);
                scene.failLocks(failing);
                CompletableFuture<StringValue> call =
                        failing.setting.flavour().start(client, Depot.WORK, WORK, CallOptions.DEFAULT);
                Threads.await(
                        "both members have asked", () -> scene.lockFailures().equals(List.of(1L, 1L)));
                scene.network.time().advance(Duration.ofSeconds(1));

                // A bid may have gone out with a lock whose answer was lost: then the client waits for the member's
                // answer.
                scene.network.time().advance(Duration.ofSeconds(2));
                PsrpcException failure = Threads.failure(call);
                boolean hasBid = failing.isOneStep && failing.how == LockAnswer.LOST && !isSkipping;
                if (!hasBid) {
                    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(failure).hasMessage("no response from servers");
                }
                assertThat(scene.runs).hasValue(1);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.LockFailureTest$Failing#all")
    void aRequestThatNeedsAClaimIsNegotiated(Failing failing) {
        try (Scene scene = new Scene(2, Depot.WORK, ServerOptions.DEFAULT)) {
            scene.failLocks(failing);
            RawPeer client = scene.network.peer();
            RawPeer.Ear bids = client.listen(Depot.bids("CLI_old"));
            RawPeer.Ear responses = client.listen(Depot.responses("CLI_old"));
            Request request = Frames.request(scene.network.time(), "REQ_1", "CLI_old", "work")
                    .build();

            client.publish(Depot.requests(Depot.WORK), Frames.of(request));

            assertThat(scene.lockFailures()).containsExactly(1L, 1L);
            List<String> bidders = bids.heard().stream()
                    .map(LockFailureTest::serverOf)
                    .distinct()
                    .toList();
            assertThat(bidders).hasSize(2);
            assertThat(scene.runs).hasValue(0);
            client.publish(Depot.grants(Depot.WORK), Frames.of(Frames.grant("REQ_1", bidders.get(1))));
            assertThat(scene.runs).hasValue(1);
            assertThat(responses.heard()).hasSize(1);
        }
    }

    /** The bid went out with the lock, and the client has chosen before the member learns that nobody knows whose the lock is. */
    @ParameterizedTest(name = "redis-like, skips claim: {0}")
    @ValueSource(booleans = {true, false})
    void aGrantThatOvertakesTheFailureOfItsLockRunsTheRequestOnce(boolean skipsClaim) {
        ServerOptions options =
                ServerOptions.builder().claimSkipping(() -> false).build();
        try (Scene scene = new Scene(1, Depot.WORK, options)) {
            scene.network.redis().takeAndPublish(true);
            scene.network.redis().lockAnswer(LockAnswer.HELD);
            FakeConnection member = scene.network.redis().connections().get(0);
            RawPeer client = scene.network.peer();
            RawPeer.Ear bids = client.listen(Depot.bids("CLI_old"));
            client.publish(
                    Depot.requests(Depot.WORK),
                    Frames.of(Frames.request(scene.network.time(), "REQ_1", "CLI_old", "work")
                            .setSkipClaim(skipsClaim)
                            .build()));
            assertThat(bids.heard()).hasSize(1);
            client.publish(
                    Depot.grants(Depot.WORK),
                    Frames.of(Frames.grant("REQ_1", serverOf(bids.heard().get(0)))));
            assertThat(scene.runs).hasValue(1);
            member.disconnect();
            member.reconnect();

            assertThat(scene.lockFailures()).containsExactly(1L);
            assertThat(scene.runs).hasValue(1);
            assertThat(scene.network.held().claims()).isZero();
            assertThat(scene.network.held().timers()).isZero();
        }
    }

    /** The failure is told while the handler runs: the server still knows that it does. */
    @ParameterizedTest(name = "redis-like, skips claim: {0}")
    @ValueSource(booleans = {true, false})
    void aFailureThatComesWhileTheHandlerRunsChangesNothing(boolean skipsClaim) {
        AtomicInteger handlers = new AtomicInteger();
        try (Network network = Network.inline(BrokerKind.REDIS_LIKE)) {
            MessageBus bus = network.process();
            FakeConnection member = network.redis().connections().get(0);
            ServerOptions options =
                    ServerOptions.builder().claimSkipping(() -> false).build();
            try (RpcServer server = Depot.server(bus, options, Depot.WORK, (ctx, request) -> {
                member.disconnect();
                handlers.set(network.held().handlers());
                member.reconnect();
                return request;
            })) {
                network.redis().takeAndPublish(true);
                network.redis().lockAnswer(LockAnswer.HELD);
                RawPeer client = network.peer();
                RawPeer.Ear bids = client.listen(Depot.bids("CLI_old"));
                RawPeer.Ear responses = client.listen(Depot.responses("CLI_old"));
                client.publish(
                        Depot.requests(Depot.WORK),
                        Frames.of(Frames.request(network.time(), "REQ_1", "CLI_old", "work")
                                .setSkipClaim(skipsClaim)
                                .build()));
                assertThat(bids.heard()).hasSize(1);
                client.publish(Depot.grants(Depot.WORK), Frames.of(Frames.grant("REQ_1", server.serverId())));

                assertThat(handlers).hasValue(1);
                assertThat(responses.heard()).hasSize(1);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.LockFailureTest$Failing#all")
    void aSingleServersRequestRuns(Failing failing) {
        try (Scene scene = new Scene(1, Depot.SOLO, ServerOptions.DEFAULT);
                RpcClient client = Depot.client(scene.network.process())) {
            scene.failLocks(failing);

            assertThat(failing.setting.flavour().call(client, Depot.SOLO, WORK)).isEqualTo(WORK);

            assertThat(scene.runs).hasValue(1);
            assertThat(scene.lockFailures()).containsExactly(1L);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.LockFailureTest$Failing#all")
    void aQueueUpdateIsDropped(Failing failing) {
        Flavour flavour = failing.setting.flavour();
        try (Network network = Network.inline(BrokerKind.REDIS_LIKE);
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus one = network.process();
            MessageBus two = network.process();
            try (RpcClient first = Depot.client(one);
                    RpcClient second = Depot.client(two);
                    Heard<StringValue> news = flavour.subscribe(first, Depot.NEWS);
                    Heard<StringValue> moreNews = flavour.subscribe(second, Depot.NEWS)) {
                network.redis().lockAnswer(failing.how);
                network.redis().takeAndPublish(failing.isOneStep);
                flavour.publish(publisher, Depot.NEWS, Depot.text("dropped"));
                network.redis().lockAnswer(LockAnswer.GIVEN);
                flavour.publish(publisher, Depot.NEWS, Depot.text("delivered"));

                List<StringValue> heard = Stream.of(news, moreNews)
                        .flatMap(heardOf -> heardOf.now().stream())
                        .toList();
                assertThat(heard).containsExactly(Depot.text("delivered"));
                assertThat(Stream.of(one, two))
                        .allSatisfy(bus -> assertThat(bus.stats().dropped(DropReason.LOCK_FAILED))
                                .isOne());
            }
        }
    }

    private static String serverOf(Msg bid) {
        try {
            return ClaimRequest.parseFrom(bid.getValue()).getServerId();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
