package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.FrameCounts.NEGOTIATED;
import static io.psrpc.testing.behaviours.servers.FrameCounts.ONE_ROUND_TRIP;
import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static io.psrpc.testing.behaviours.servers.Outcome.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SkippedClaimTest {
    /** When a server that has not answered says that it is at it. */
    private static final Duration ANNOUNCED = Duration.ofMillis(20);

    private final AtomicInteger runs = new AtomicInteger();

    private Binding fetch() {
        return counted(Store.FETCH);
    }

    private Binding counted(MethodDefinition<StringValue, StringValue> method) {
        return Store.serve(method, (ctx, request) -> {
            runs.incrementAndGet();
            return Store.text("done");
        });
    }

    /** How many frames a call takes; it succeeds, and has run once. */
    private FrameCounts framesOf(Scene scene, RpcClient client, MethodDefinition<StringValue, StringValue> method) {
        int before = runs.get();
        FrameCounts frames = FrameCounts.during(
                scene,
                () -> assertThat(answerOf(scene.call(client, method, "", Scene.FIRST)))
                        .isEqualTo("done"));
        assertThat(runs).hasValue(before + 1);
        return frames;
    }

    /** A first request might be late without anyone seeing it. */
    private void makeKnown(Scene scene, RpcClient client) {
        assertThat(framesOf(scene, client, Store.FETCH)).isEqualTo(NEGOTIATED);
    }

    @OnEveryBus
    @Rows("C19")
    void aQueueRequestOfAKnownClientTakesOneRoundTrip(Scene scene) {
        scene.server(scene.process(), "SRV_1", fetch());
        RpcClient client = scene.client(scene.process());

        makeKnown(scene, client);

        assertThat(framesOf(scene, client, Store.FETCH)).isEqualTo(ONE_ROUND_TRIP);
        assertThat(framesOf(scene, client, Store.FETCH)).isEqualTo(ONE_ROUND_TRIP);
    }

    @OnEveryBus
    @Rows("C19")
    void aBroadcastMethodAlwaysClaims(Scene scene) {
        scene.server(scene.process(), "SRV_1", counted(Store.WEIGH));
        RpcClient client = scene.client(scene.process());

        for (int i = 0; i < 3; i++) {
            assertThat(framesOf(scene, client, Store.WEIGH)).isEqualTo(NEGOTIATED);
        }
    }

    @OnEveryBus
    @Rows("C19")
    void switchingItOffHoldsFromTheNextRequestOn(Scene scene) {
        AtomicBoolean isOn = new AtomicBoolean(true);
        scene.server(scene.process(), ServerOptions.builder().claimSkipping(isOn::get), fetch());
        RpcClient client = scene.client(scene.process());
        makeKnown(scene, client);
        assertThat(framesOf(scene, client, Store.FETCH)).isEqualTo(ONE_ROUND_TRIP);

        isOn.set(false);
        assertThat(framesOf(scene, client, Store.FETCH)).isEqualTo(NEGOTIATED);
        isOn.set(true);
        assertThat(framesOf(scene, client, Store.FETCH)).isEqualTo(ONE_ROUND_TRIP);
    }

    @OnEveryBus
    @Rows("C19")
    void oneOfTwoServersOnOneBusRunsIt(Scene scene) {
        MessageBus shared = scene.process();
        scene.server(shared, "SRV_1", fetch());
        scene.server(shared, "SRV_2", fetch());
        RpcClient client = scene.client(scene.process());
        makeKnown(scene, client);

        for (int i = 0; i < 4; i++) {
            assertThat(framesOf(scene, client, Store.FETCH)).isEqualTo(ONE_ROUND_TRIP);
        }
    }

    @OnEveryBus
    @Rows("C19")
    void oneOfThreeServersOnThreeBusesRunsIt(Scene scene) {
        for (int i = 1; i <= 3; i++) {
            scene.server(scene.process(), "SRV_" + i, fetch());
        }
        RpcClient client = scene.client(scene.process());
        for (int i = 0; i < 6; i++) {
            assertThat(framesOf(scene, client, Store.FETCH)).isIn(NEGOTIATED, ONE_ROUND_TRIP);
        }

        assertThat(framesOf(scene, client, Store.FETCH)).isEqualTo(ONE_ROUND_TRIP);
    }

    @OnEveryBus(flavours = {})
    @Rows("C19")
    void aRequestThatSaysNothingOfItIsNegotiated(Scene scene) {
        scene.server(scene.process(), "SRV_1", fetch());
        Peer peer = scene.peer();
        var bids = peer.bids();
        var responses = peer.responses();
        for (int i = 1; i <= 3; i++) {
            String id = "REQ_" + i;
            peer.send(Store.FETCH, peer.request(id, Duration.ofSeconds(3)).build());

            assertThat(bids).hasSize(i);
            assertThat(bids.get(i - 1).getRequestId()).isEqualTo(id);
            assertThat(bids.get(i - 1).getHandling()).isFalse();
            assertThat(runs).hasValue(i - 1);
            peer.grant(Store.FETCH, id, "SRV_1");
            int answered = i;
            scene.await("answer " + i, () -> responses.size() == answered);
        }
        peer.send(
                Store.FETCH,
                peer.request("REQ_4", Duration.ofSeconds(3)).setSkipClaim(true).build());

        scene.await("answer without a claim", () -> responses.size() == 4);
        assertThat(bids).hasSize(3);
        assertThat(runs).hasValue(4);
    }

    @OnEveryBus(flavours = {})
    @Rows("C19")
    void aRequestWithMoreTimeThanItCanBeHeldForIsNegotiated(Scene scene) {
        scene.server(scene.process(), "SRV_1", fetch());
        Peer peer = scene.peer();
        var bids = peer.bids();
        var responses = peer.responses();
        peer.send(Store.FETCH, peer.request("REQ_1", Duration.ofSeconds(3)).build());
        peer.grant(Store.FETCH, "REQ_1", "SRV_1");
        scene.await("answer", () -> responses.size() == 1);

        peer.send(
                Store.FETCH,
                peer.request("REQ_2", Duration.ofSeconds(61)).setSkipClaim(true).build());

        assertThat(bids).hasSize(2);
        peer.grant(Store.FETCH, "REQ_2", "");
        assertThat(runs).hasValue(1);
    }

    @OnEveryBus
    @Rows("C20")
    void aSlowHandlerSucceedsWithoutAGrant(Scene scene) {
        Gate gate = new Gate();
        scene.server(scene.process(), "SRV_1", Store.serve(Store.FETCH, (ctx, request) -> {
            if (request.getValue().equals("slow")) {
                gate.pass();
            }
            runs.incrementAndGet();
            return Store.text("done");
        }));
        RpcClient client = scene.client(scene.process());
        makeKnown(scene, client);
        CompletableFuture<StringValue> slow = scene.call(client, Store.FETCH, "slow");
        gate.await(1);
        assertThat(scene.faults().count(Kind.CLAIM)).isEqualTo(1);

        scene.time().advance(ANNOUNCED);
        assertThat(scene.faults().count(Kind.CLAIM)).isEqualTo(2);
        scene.time().advance(Duration.ofMillis(1500).minus(ANNOUNCED));
        assertThat(slow).isNotDone();
        gate.open();

        assertThat(answerOf(slow)).isEqualTo("done");
        assertThat(runs).hasValue(2);
        assertThat(FrameCounts.of(scene.faults())).isEqualTo(new FrameCounts(2, 2, 1, 2));
    }

    @OnEveryBus
    @Rows("C20")
    void aHandlerSlowerThanTheRequestsTimeoutDoesNot(Scene scene) {
        Gate gate = new Gate();
        scene.server(scene.process(), "SRV_1", Store.serve(Store.FETCH, (ctx, request) -> {
            if (request.getValue().equals("slow")) {
                gate.pass();
            }
            runs.incrementAndGet();
            return Store.text("done");
        }));
        RpcClient client = scene.client(scene.process());
        makeKnown(scene, client);
        CompletableFuture<StringValue> slow = scene.call(client, Store.FETCH, "slow");
        gate.await(1);

        scene.time().advance(Duration.ofSeconds(3).minusNanos(1));
        assertThat(slow).isNotDone();
        scene.time().advance(Duration.ofNanos(1));

        assertFails(slow, ErrorCode.DEADLINE_EXCEEDED, "request timed out");
        gate.open();
        scene.await("late answer", () -> scene.faults().count(Kind.RESPONSE) == 2);
    }

    @OnEveryBus
    @Rows("C21")
    void aFailureThatOvertakesItsAnnouncementArrivesAtOnce(Scene scene) {
        Gate gate = new Gate();
        scene.server(scene.process(), ServerOptions.builder().announceAfter(Duration.ZERO), failing(gate));
        RpcClient client = scene.client(scene.process());
        answerOf(scene.call(client, Store.FETCH, ""));
        scene.awaitQuiet();
        scene.faults().delayNext(Kind.CLAIM, Duration.ofMillis(100), 1);

        CompletableFuture<StringValue> call = scene.call(client, Store.FETCH, "fail");
        gate.await(1);
        assertThat(scene.faults().count(Kind.CLAIM)).isEqualTo(2);
        gate.open();

        var failure = failureOf(call);
        Outcome.assertIs(failure, ErrorCode.NOT_FOUND, "no such crate");
        assertThat(failure.isFromPeer()).isTrue();
        scene.time().advance(Duration.ofMillis(100));
    }

    @OnEveryBus
    @Rows("C21")
    void aQuickFailureIsNotAnnounced(Scene scene) {
        Gate open = new Gate();
        open.open();
        scene.server(scene.process(), "SRV_1", failing(open));
        RpcClient client = scene.client(scene.process());
        answerOf(scene.call(client, Store.FETCH, ""));
        scene.awaitQuiet();

        assertFails(scene.call(client, Store.FETCH, "fail"), ErrorCode.NOT_FOUND, "no such crate");

        scene.awaitQuiet();
        scene.time().advance(ANNOUNCED);
        assertThat(FrameCounts.of(scene.faults())).isEqualTo(new FrameCounts(2, 1, 1, 2));
    }

    private static Binding failing(Gate gate) {
        return Store.serve(Store.FETCH, (ctx, request) -> {
            if (request.getValue().equals("fail")) {
                gate.pass();
                throw ErrorCode.NOT_FOUND.error("no such crate");
            }
            return Store.text("done");
        });
    }
}
