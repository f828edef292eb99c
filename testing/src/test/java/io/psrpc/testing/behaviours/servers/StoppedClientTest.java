package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.FrameCounts.NEGOTIATED;
import static io.psrpc.testing.behaviours.servers.FrameCounts.ONE_ROUND_TRIP;
import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static io.psrpc.testing.behaviours.servers.Outcome.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.ServerOptions;
import io.psrpc.ServerOptions.Deadlines;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.behaviours.servers.StoppableProcess.First;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;

/** A client's process stands still for 6 s, longer than a call's usual timeout and than a Go member holds a lock. */
@Timeout(60)
@Rows("C37")
class StoppedClientTest {
    private static final Duration PAUSE = Duration.ofSeconds(6);
    private static final CallOptions LONG = Scene.FIRST.withTimeout(Duration.ofSeconds(10));

    private final AtomicInteger runs = new AtomicInteger();
    private final StoppableProcess stoppable = new StoppableProcess();

    private Binding counted(MethodDefinition<StringValue, StringValue> method) {
        return Store.serve(method, (ctx, request) -> {
            runs.incrementAndGet();
            return Store.text("served");
        });
    }

    private MessageBus server(Scene scene, String id, Deadlines deadlines) {
        MessageBus process = scene.process();
        scene.server(
                process,
                ServerOptions.builder().serverId(id).deadlines(deadlines),
                counted(Store.FETCH),
                counted(Store.WEIGH),
                counted(Store.LOCK));
        return process;
    }

    private RpcClient client(Scene scene) {
        scene.wrap(stoppable::around);
        MessageBus process = scene.process(stoppable.around(scene.time()));
        scene.wrap(UnaryOperator.identity());
        return scene.client(process);
    }

    /** A client whose requests are known to take no time. */
    private RpcClient knownClient(Scene scene) {
        RpcClient client = client(scene);
        assertThat(framesOfCall(scene, client)).isEqualTo(NEGOTIATED);
        assertFresh(scene, client);
        return client;
    }

    private FrameCounts framesOfCall(Scene scene, RpcClient client) {
        int before = runs.get();
        FrameCounts frames = FrameCounts.during(
                scene,
                () -> assertThat(answerOf(scene.call(client, Store.FETCH, ""))).isEqualTo("served"));
        assertThat(runs).hasValue(before + 1);
        return frames;
    }

    /** The next request is not taken for an old one. */
    private void assertFresh(Scene scene, RpcClient client) {
        assertThat(framesOfCall(scene, client)).isEqualTo(ONE_ROUND_TRIP);
    }

    /** Stops when it has a request to send, and goes on with sending it. */
    private CompletableFuture<StringValue> callThatIsSentLate(
            Scene scene, RpcClient client, CallOptions options, First first) {
        stoppable.stop();
        CompletableFuture<StringValue> call = scene.call(client, Store.FETCH, "", options);
        scene.await("request", () -> stoppable.unsent() == 1);
        scene.time().advance(PAUSE);
        stoppable.goOn(first);
        return call;
    }

    @OnEveryBus
    void aRequestThatIsSentLateIsNegotiatedAndRunsOnce(Scene scene) {
        for (Deadlines deadlines : Deadlines.values()) {
            var server =
                    scene.server(scene.process(), ServerOptions.builder().deadlines(deadlines), counted(Store.FETCH));
            RpcClient client = knownClient(scene);
            int before = runs.get();

            FrameCounts frames = FrameCounts.during(
                    scene,
                    () -> assertThat(answerOf(callThatIsSentLate(scene, client, LONG, First.FRAMES)))
                            .isEqualTo("served"));

            assertThat(frames).isEqualTo(NEGOTIATED);
            assertThat(runs).hasValue(before + 1);
            assertFresh(scene, client);
            server.close();
        }
    }

    @OnEveryBus
    void aRequestThatItsCallerHasGivenUpWhenItIsSentDoesNotRun(Scene scene) {
        for (Deadlines deadlines : Deadlines.values()) {
            var server =
                    scene.server(scene.process(), ServerOptions.builder().deadlines(deadlines), counted(Store.FETCH));
            RpcClient client = knownClient(scene);
            int before = runs.get();

            CompletableFuture<StringValue> call = callThatIsSentLate(scene, client, LONG, First.TIMERS);

            assertFails(call, ErrorCode.UNAVAILABLE, "no response from servers");
            scene.awaitQuiet();
            assertThat(runs).hasValue(before);
            assertFresh(scene, client);
            server.close();
        }
    }

    @OnEveryBus
    void aRequestWhoseTimeIsOverIsNotEvenSent(Scene scene) {
        server(scene, "SRV_1", Deadlines.FROM_ARRIVAL);
        RpcClient client = knownClient(scene);
        for (First first : First.values()) {
            int before = runs.get();

            assertThat(failureOf(callThatIsSentLate(scene, client, Scene.FIRST, first))
                            .code())
                    .isIn(ErrorCode.UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);

            scene.awaitQuiet();
            assertThat(runs).hasValue(before);
            assertFresh(scene, client);
        }
    }

    @OnEveryBus
    void aFirstRequestThatIsSentLateIsNegotiatedAndMakesNoneAfterItLookOld(Scene scene) {
        server(scene, "SRV_1", Deadlines.AS_SENT);
        RpcClient client = client(scene);

        FrameCounts frames = FrameCounts.during(
                scene,
                () -> assertThat(answerOf(callThatIsSentLate(scene, client, LONG, First.FRAMES)))
                        .isEqualTo("served"));

        assertThat(frames).isEqualTo(NEGOTIATED);
        assertThat(runs).hasValue(1);
        assertFresh(scene, client);
    }

    @OnEveryBus
    void bidsThatAreReadLateGrantOneServerItsRun(Scene scene) {
        server(scene, "SRV_1", Deadlines.AS_SENT);
        server(scene, "SRV_2", Deadlines.AS_SENT);
        RpcClient client = client(scene);
        for (First first : First.values()) {
            int before = runs.get();
            stoppable.stopWhenItHasSent();
            CompletableFuture<StringValue> call = scene.call(client, Store.WEIGH, "", LONG);
            scene.await("two bids", () -> stoppable.unread() == 2);

            scene.time().advance(PAUSE);
            stoppable.goOn(first);

            if (first == First.FRAMES) {
                assertThat(answerOf(call)).isEqualTo("served");
            } else {
                assertFails(call, ErrorCode.UNAVAILABLE, "no response from servers");
            }
            scene.awaitQuiet();
            assertThat(runs).hasValue(before + (first == First.FRAMES ? 1 : 0));
        }
    }

    @OnEveryBus
    void anAnswerThatIsReadLateIsOfOneRun(Scene scene) {
        server(scene, "SRV_1", Deadlines.AS_SENT);
        RpcClient client = knownClient(scene);
        for (First first : First.values()) {
            int before = runs.get();
            stoppable.stopWhenItHasSent();
            CompletableFuture<StringValue> call = scene.call(client, Store.LOCK, "", LONG);
            scene.await("answer", () -> stoppable.unread() == 1);

            scene.time().advance(PAUSE);
            stoppable.goOn(first);

            assertThat(answerOf(call)).isEqualTo("served");
            assertThat(runs).hasValue(before + 1);
            assertFresh(scene, client);
        }
    }

    /** Another member's lock may be over, or forgotten: its age tells that the request may have run. */
    @OnEveryBus(networks = Network.REDIS_LIKE)
    void aRequestThatReachesAnotherMemberLateDoesNotRunAgain(Scene scene) {
        server(scene, "SRV_1", Deadlines.AS_SENT);
        HeldFrames way = new HeldFrames();
        scene.wrap(way::around);
        MessageBus late = server(scene, "SRV_2", Deadlines.AS_SENT);
        scene.wrap(UnaryOperator.identity());
        RpcClient client = scene.client(scene.process());
        framesOfCall(scene, client);
        way.hold();
        int before = runs.get();
        CompletableFuture<StringValue> call = scene.call(client, Store.FETCH, "", LONG);
        assertThat(answerOf(call)).isEqualTo("served");

        scene.time().advance(PAUSE);
        scene.redis().forgetLocks();
        way.letGo();

        scene.time().advance(LONG.timeout().orElseThrow());
        scene.awaitQuiet();
        assertThat(runs).hasValue(before + 1);
        assertThat(scene.dropped(late, DropReason.DUPLICATE)).isZero();
    }
}
