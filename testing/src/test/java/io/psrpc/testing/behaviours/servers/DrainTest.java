package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static io.psrpc.testing.behaviours.servers.Outcome.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Rows("C26")
class DrainTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** What the engine takes off the reader's thread. */
    private static final String LARGE = "x".repeat(20_000);

    private static CompletableFuture<Boolean> draining(RpcServer server) {
        return Flavour.asideFor(() -> server.drain(LIMIT));
    }

    private static Binding[] fetchAndLock() {
        return new Binding[] {Store.answer(Store.FETCH, "fetched"), Store.answer(Store.LOCK, "locked")};
    }

    /** The addresses by which requests of these two come. */
    private static int addresses(Scene scene) {
        return scene.network() == Network.NATS_LIKE ? 3 : 2;
    }

    private static void assertNobodyServes(Scene scene, RpcClient client) {
        assertFails(scene.call(client, Store.FETCH, ""), ErrorCode.UNAVAILABLE, "no response from servers");
    }

    @OnEveryBus(flavours = {})
    @Timeout(3)
    void anIdleServerIsDrainedAtOnce(Scene scene) {
        RpcServer server = scene.server(
                scene.process(),
                "SRV_1",
                Store.answer(Store.FETCH, ""),
                Store.answer(Store.WEIGH, ""),
                Store.answer(Store.COUNT, ""),
                Store.answer(Store.LOCK, ""),
                Store.answer(Store.AISLE_FETCH, "A", ""));

        assertThat(server.drain(LIMIT)).isTrue();

        assertThat(scene.inventory()).isEqualTo(Inventory.EMPTY);
        assertThat(server.drain(LIMIT)).isTrue();
    }

    @OnEveryBus
    void itTakesNoRequestsAndWaitsForItsHandlers(Scene scene) {
        Gate gate = new Gate();
        MessageBus process = scene.process();
        RpcServer server = scene.server(process, "SRV_1", Store.serve(Store.FETCH, (ctx, request) -> {
            gate.pass();
            return Store.text("served");
        }));
        RpcClient client = scene.client(scene.process());
        CompletableFuture<StringValue> before = scene.call(client, Store.FETCH, "");
        gate.await(1);

        CompletableFuture<Boolean> drained = draining(server);

        scene.awaitSubscriptions(process, 0);
        assertNobodyServes(scene, client);
        assertThat(drained).isNotDone();
        gate.open();
        assertThat(answerOf(before)).isEqualTo("served");
        assertThat(Outcome.of(drained)).isTrue();
        assertThat(gate.arrivals()).isEqualTo(1);
    }

    @OnEveryBus
    void whatWasOnItsWayIsServed(Scene scene) {
        HeldFrames way = new HeldFrames();
        scene.wrap(way::around);
        RpcServer server = scene.server(scene.process(), "SRV_1", fetchAndLock());
        scene.wrap(UnaryOperator.identity());
        RpcClient client = scene.client(scene.process());
        way.hold();
        CompletableFuture<StringValue> fetched = scene.call(client, Store.FETCH, "");
        CompletableFuture<StringValue> locked = scene.call(client, Store.LOCK, "");
        scene.await("requests on their way", () -> way.frames() == 2);

        CompletableFuture<Boolean> drained = draining(server);

        scene.await("requests stopped", () -> way.ends() >= addresses(scene));
        assertNobodyServes(scene, client);
        assertThat(drained).isNotDone();
        way.letGo();
        assertThat(answerOf(fetched)).isEqualTo("fetched");
        assertThat(answerOf(locked)).isEqualTo("locked");
        assertThat(Outcome.of(drained)).isTrue();
    }

    @OnEveryBus
    void whatIsStillBeingReadIsServed(Scene scene) {
        Gate reading = new Gate();
        HeldFrames way = new HeldFrames();
        scene.wrap(way::around);
        MessageBus process = scene.process(BusOptions.builder()
                .executor(task -> Flavour.aside(() -> {
                    reading.pass();
                    task.run();
                })));
        scene.wrap(UnaryOperator.identity());
        RpcServer server = scene.server(process, ServerOptions.builder().executor(Flavour::aside), fetchAndLock());
        RpcClient client = scene.client(scene.process());
        CompletableFuture<StringValue> fetched = scene.call(client, Store.FETCH, LARGE);
        CompletableFuture<StringValue> locked = scene.call(client, Store.LOCK, LARGE);
        reading.await(2);

        CompletableFuture<Boolean> drained = draining(server);

        scene.await("requests stopped", () -> way.ends() >= addresses(scene));
        assertNobodyServes(scene, client);
        assertThat(drained).isNotDone();
        reading.open();
        assertThat(answerOf(fetched)).isEqualTo("fetched");
        assertThat(answerOf(locked)).isEqualTo("locked");
        assertThat(Outcome.of(drained)).isTrue();
    }

    @OnEveryBus(flavours = {})
    void itWaitsForABidThatIsGranted(Scene scene) {
        Bid bid = new Bid(scene);
        CompletableFuture<Boolean> drained = bid.draining();

        bid.peer.grant(Store.FETCH, "REQ_1", "SRV_1");

        assertThat(Outcome.of(drained)).isTrue();
        scene.await("answer", () -> bid.answers.size() == 1);
        assertThat(bid.answers.get(0).getError()).isEmpty();
    }

    @OnEveryBus(flavours = {})
    void itWaitsForABidThatIsLost(Scene scene) {
        Bid bid = new Bid(scene);
        CompletableFuture<Boolean> drained = bid.draining();

        bid.peer.grant(Store.FETCH, "REQ_1", "SRV_2");

        assertThat(Outcome.of(drained)).isTrue();
        assertThat(bid.answers).isEmpty();
    }

    @OnEveryBus(flavours = {})
    void itWaitsForABidUntilTheRequestExpires(Scene scene) {
        Bid bid = new Bid(scene);
        CompletableFuture<Boolean> drained = bid.draining();

        scene.time().advance(PATIENCE.minusNanos(1));
        assertThat(drained).isNotDone();
        scene.time().advance(Duration.ofNanos(1));

        assertThat(Outcome.of(drained)).isTrue();
        assertThat(bid.answers).isEmpty();
    }

    /** A server that has bid for a request of a peer's, and begins to drain. */
    private static final class Bid {
        final Peer peer;
        final List<io.psrpc.wire.Response> answers;
        private final Scene scene;
        private final MessageBus process;
        private final RpcServer server;

        Bid(Scene scene) {
            this.scene = scene;
            process = scene.process();
            server = scene.server(process, "SRV_1", Store.answer(Store.FETCH, "fetched"));
            peer = scene.peer();
            var bids = peer.bids();
            answers = peer.responses();
            peer.send(Store.FETCH, peer.request("REQ_1", PATIENCE).build());
            assertThat(bids).hasSize(1);
        }

        /** Only claim answers are heard by now. */
        CompletableFuture<Boolean> draining() {
            CompletableFuture<Boolean> drained = DrainTest.draining(server);
            scene.awaitSubscriptions(process, 1);
            assertThat(drained).isNotDone();
            return drained;
        }
    }

    @OnEveryBus
    void aDrainThatIsNotOverInTimeSaysSoAndGoesOn(Scene scene) {
        Gate gate = new Gate();
        RpcServer server = scene.server(scene.process(), "SRV_1", Store.serve(Store.FETCH, (ctx, request) -> {
            gate.passInterruptibly();
            return Store.text("served");
        }));
        CompletableFuture<StringValue> slow =
                scene.call(scene.client(scene.process()), Store.FETCH, "", Scene.FIRST.withTimeout(LIMIT.plus(LIMIT)));
        gate.await(1);
        int timers = scene.time().pendingTimers();
        CompletableFuture<Boolean> drained = draining(server);
        scene.time().awaitTimers(timers + 1);

        scene.time().advance(LIMIT.minusNanos(1));
        assertThat(drained).isNotDone();
        scene.time().advance(Duration.ofNanos(1));

        assertThat(Outcome.of(drained)).isFalse();
        CompletableFuture<Boolean> again = draining(server);
        assertThat(slow).isNotDone();
        gate.open();
        assertThat(answerOf(slow)).isEqualTo("served");
        assertThat(Outcome.of(again)).isTrue();
    }

    @OnEveryBus(flavours = {})
    void nothingIsRegisteredAtAServerThatDrains(Scene scene) {
        HeldConfirmations held = new HeldConfirmations();
        scene.wrap(held::around);
        RpcServer server = scene.server(scene.process(), "SRV_1", Store.answer(Store.FETCH, ""));
        held.hold(true);
        CompletableFuture<Void> during = Flavour.aside(() -> server.register(Store.answer(Store.AISLE_WEIGH, "A", "")));
        scene.time().awaitTimers(1);

        CompletableFuture<Boolean> drained = draining(server);

        scene.time().awaitTimers(2);
        assertFails(
                Flavour.aside(() -> server.register(Store.answer(Store.LOCK, ""))),
                ErrorCode.CANCELED,
                "server is closed");
        held.hold(false);
        assertThat(failureOf(during).code()).isEqualTo(ErrorCode.CANCELED);
        assertThat(Outcome.of(drained)).isTrue();
        assertThat(scene.inventory()).isEqualTo(Inventory.EMPTY);
    }
}
