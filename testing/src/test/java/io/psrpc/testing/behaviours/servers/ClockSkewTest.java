package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.FrameCounts.NEGOTIATED;
import static io.psrpc.testing.behaviours.servers.FrameCounts.ONE_ROUND_TRIP;
import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
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
import io.psrpc.testing.Faults.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;

/** Clients whose clocks are 10 s away from their server's. */
@Timeout(60)
@Rows("C37")
class ClockSkewTest {
    private static final Duration AHEAD = Duration.ofSeconds(10);
    private static final Duration BEHIND = AHEAD.negated();
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final CallOptions ONE_ANSWER = CallOptions.DEFAULT.withExpectedResponses(1);
    private static final List<MethodDefinition<StringValue, StringValue>> UNARY =
            List.of(Store.FETCH, Store.WEIGH, Store.LOCK);

    private final AtomicInteger runs = new AtomicInteger();

    /** Answers with the time that it has. */
    private Binding counted(MethodDefinition<StringValue, StringValue> method) {
        return Store.serve(method, (ctx, request) -> {
            runs.incrementAndGet();
            return Store.text(ctx.remaining().toString());
        });
    }

    private MessageBus server(Scene scene, Deadlines deadlines) {
        MessageBus process = scene.process();
        scene.server(
                process,
                ServerOptions.builder().serverId("SRV_1").deadlines(deadlines),
                counted(Store.FETCH),
                counted(Store.WEIGH),
                counted(Store.LOCK),
                counted(Store.COUNT));
        return process;
    }

    private static RpcClient client(Scene scene, Duration ahead) {
        return scene.client(scene.process(new SkewedTime(scene.time(), ahead)));
    }

    @OnEveryBus
    void withDeadlinesFromArrivalCallsSucceed(Scene scene) {
        server(scene, Deadlines.FROM_ARRIVAL);
        for (Duration skew : List.of(AHEAD, BEHIND)) {
            assertServed(scene, client(scene, skew), TIMEOUT);
        }
    }

    @OnEveryBus
    void withDeadlinesAsSentAClientAheadHasMoreTime(Scene scene) {
        server(scene, Deadlines.AS_SENT);

        assertServed(scene, client(scene, AHEAD), TIMEOUT.plus(AHEAD));
    }

    /** Every call, once; a fresh request is not taken for an old one, so its claim is skipped when the client is known. */
    private void assertServed(Scene scene, RpcClient client, Duration time) {
        assertThat(framesOf(scene, client, Store.FETCH, time)).isEqualTo(NEGOTIATED);
        for (int i = 0; i < 3; i++) {
            assertThat(framesOf(scene, client, Store.FETCH, time)).isEqualTo(ONE_ROUND_TRIP);
            scene.time().advance(Duration.ofSeconds(5));
        }
        assertThat(framesOf(scene, client, Store.WEIGH, time)).isEqualTo(NEGOTIATED);
        assertThat(framesOf(scene, client, Store.LOCK, time)).isEqualTo(ONE_ROUND_TRIP);
        int before = runs.get();
        assertThat(Outcome.of(scene.callAll(client, ONE_ANSWER))).hasSize(1);
        assertThat(runs).hasValue(before + 1);
    }

    private FrameCounts framesOf(
            Scene scene, RpcClient client, MethodDefinition<StringValue, StringValue> method, Duration time) {
        int before = runs.get();
        FrameCounts frames = FrameCounts.during(
                scene,
                () -> assertThat(answerOf(scene.call(client, method, "", Scene.FIRST)))
                        .isEqualTo(time.toString()));
        assertThat(runs).hasValue(before + 1);
        return frames;
    }

    @OnEveryBus
    void withDeadlinesAsSentAClientBehindIsNotServedAndThatShows(Scene scene) {
        MessageBus process = server(scene, Deadlines.AS_SENT);
        RpcClient client = client(scene, BEHIND);
        for (int i = 0; i < UNARY.size(); i++) {
            CompletableFuture<StringValue> call = scene.call(client, UNARY.get(i), "");
            assertExpired(scene, process, i + 1);
            assertThat(failureOf(call).code()).isIn(ErrorCode.UNAVAILABLE, ErrorCode.DEADLINE_EXCEEDED);
        }
        var answers = scene.callAll(client, CallOptions.DEFAULT);
        assertExpired(scene, process, UNARY.size() + 1);

        assertThat(Outcome.of(answers)).isEmpty();
        assertThat(runs).hasValue(0);
        assertThat(process.stats().largestSkew()).isEqualTo(AHEAD);
        assertThat(scene.logs().with("see ServerOptions.deadlines")).hasSize(1);
    }

    /** So many requests have come too late; then their callers' time passes. */
    private static void assertExpired(Scene scene, MessageBus process, int requests) {
        scene.await("expired", () -> scene.dropped(process, DropReason.EXPIRED) == requests);
        scene.time().advance(TIMEOUT);
    }

    @OnEveryBus
    void whatIsDeliveredTwiceRunsOnce(Scene scene) {
        server(scene, Deadlines.FROM_ARRIVAL);
        for (Duration skew : List.of(AHEAD, BEHIND)) {
            RpcClient client = client(scene, skew);
            for (int i = 0; i < 2; i++) {
                for (var method : UNARY) {
                    assertRunsOnce(scene, () -> answerOf(scene.call(client, method, "", Scene.FIRST)));
                }
                assertRunsOnce(scene, () -> Outcome.of(scene.callAll(client, ONE_ANSWER)));
            }
        }
    }

    /** The second delivery may lead to a bid, which nobody takes up. */
    private void assertRunsOnce(Scene scene, Runnable call) {
        int before = runs.get();
        scene.faults().duplicateNext(Kind.REQUEST, 1);
        call.run();
        scene.time().advance(TIMEOUT);
        scene.awaitQuiet();
        assertThat(runs).hasValue(before + 1);
    }
}
