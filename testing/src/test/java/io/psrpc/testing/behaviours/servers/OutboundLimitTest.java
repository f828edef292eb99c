package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static io.psrpc.testing.behaviours.servers.Outcome.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.routing.Outbox;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** A client's process in which one request waits for the broker, and leaves no room for a second one. */
@Timeout(60)
@Rows("C38")
class OutboundLimitTest {
    private static final int MAX_BYTES = 1_000;
    private static final String LARGE = "x".repeat(600);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** Longer than a selection. */
    private static final Duration WHILE = Duration.ofMillis(1_500);

    private static final List<CallOptions> PLAIN_AND_INTERCEPTED =
            List.of(Scene.FIRST, Scene.FIRST.withInterceptor((call, next) -> next.proceed(call)));
    private static final List<MethodDefinition<StringValue, StringValue>> UNARY =
            List.of(Store.FETCH, Store.WEIGH, Store.LOCK);

    private final AtomicInteger runs = new AtomicInteger();
    private final HeldPublishes sent = new HeldPublishes();
    private @Nullable Outbox outbox;

    private Binding counted(MethodDefinition<StringValue, StringValue> method) {
        return Store.serve(method, (ctx, request) -> {
            runs.incrementAndGet();
            return Store.text("served");
        });
    }

    private RpcClient client(Scene scene) {
        scene.server(
                scene.process(),
                "SRV_1",
                counted(Store.FETCH),
                counted(Store.WEIGH),
                counted(Store.LOCK),
                counted(Store.COUNT));
        scene.wrap(sent::around);
        MessageBus process = scene.process(BusOptions.builder().maxPendingBytes(MAX_BYTES));
        outbox = ((EngineBus) process).outbox();
        scene.wrap(UnaryOperator.identity());
        return scene.client(process);
    }

    /** Waits for the broker from here on. */
    private CompletableFuture<StringValue> first(Scene scene, RpcClient client) {
        sent.hold();
        CompletableFuture<StringValue> first = scene.call(client, Store.LOCK, LARGE);
        scene.await("first request", () -> sent.count() == 1);
        return first;
    }

    private void awaitWaiting(Scene scene, int calls) {
        Outbox full = Objects.requireNonNull(outbox, "outbox");
        scene.await(calls + " calls wait for room", () -> full.waiters() == calls);
    }

    private static CompletableFuture<?> callAll(Scene scene, RpcClient client, CallOptions options) {
        return scene.flavour()
                .callAll(client, Store.COUNT, Topic.NONE, Store.text(LARGE), options.withExpectedResponses(1));
    }

    private static List<CompletableFuture<?>> everyCall(Scene scene, RpcClient client, CallOptions options) {
        return Stream.concat(
                        UNARY.stream().map(method -> scene.call(client, method, LARGE, options)),
                        Stream.of(callAll(scene, client, options)))
                .<CompletableFuture<?>>map(call -> call)
                .toList();
    }

    @OnEveryBus(flavours = Flavour.ASYNC)
    void asyncCallsFailAtOnce(Scene scene) {
        RpcClient client = client(scene);
        CompletableFuture<StringValue> first = first(scene, client);
        for (CallOptions options : PLAIN_AND_INTERCEPTED) {
            for (CompletableFuture<?> call : everyCall(scene, client, options)) {
                var failure = failureOf(call);
                assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
                assertThat(failure)
                        .hasMessageStartingWith("bytes waiting for ")
                        .hasMessageEndingWith(" (expected: at most 1000, see BusOptions.maxPendingBytes)");
            }
        }
        CompletableFuture<StringValue> small = scene.call(client, Store.FETCH, "");
        assertThat(sent.count()).isEqualTo(2);

        sent.letGo();

        assertThat(answerOf(first)).isEqualTo("served");
        assertThat(answerOf(small)).isEqualTo("served");
        assertThat(runs).hasValue(2);
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void blockingCallsWaitForRoom(Scene scene) {
        RpcClient client = client(scene);
        for (CallOptions options : PLAIN_AND_INTERCEPTED) {
            CompletableFuture<StringValue> first = first(scene, client);
            List<CompletableFuture<?>> calls = everyCall(scene, client, options);
            awaitWaiting(scene, calls.size());

            scene.time().advance(WHILE);
            assertThat(calls).noneMatch(CompletableFuture::isDone);
            assertThat(sent.count()).isEqualTo(1);
            sent.letGo();

            answerOf(first);
            calls.forEach(Outcome::of);
            scene.awaitQuiet();
        }
        assertThat(runs).hasValue(2 * (1 + UNARY.size() + 1));
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void selectionBeginsWhenTheRequestGoesOut(Scene scene) {
        RpcClient client = client(scene);
        CompletableFuture<StringValue> first = first(scene, client);
        CompletableFuture<StringValue> second = scene.call(client, Store.WEIGH, LARGE, Scene.FIRST);
        awaitWaiting(scene, 1);
        scene.time().advance(WHILE);

        sent.letGoSoFar();
        scene.await("second request", () -> sent.count() == 1);
        scene.time().advance(WHILE.dividedBy(2));
        assertThat(second).isNotDone();
        sent.letGo();

        assertThat(answerOf(first)).isEqualTo("served");
        assertThat(answerOf(second)).isEqualTo("served");
        scene.awaitQuiet();
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void blockingCallsWaitUntilTheirDeadline(Scene scene) {
        RpcClient client = client(scene);
        CompletableFuture<StringValue> first = first(scene, client);
        for (CallOptions options : PLAIN_AND_INTERCEPTED) {
            CallOptions shorter = options.withTimeout(WHILE.dividedBy(10));
            List<CompletableFuture<?>> calls = everyCall(scene, client, shorter);
            awaitWaiting(scene, calls.size());

            scene.time().advance(WHILE.dividedBy(10).minusNanos(1));
            assertThat(calls).noneMatch(CompletableFuture::isDone);
            scene.time().advance(Duration.ofNanos(1));

            for (CompletableFuture<?> call : calls) {
                assertFails(call, ErrorCode.DEADLINE_EXCEEDED, "request timed out");
            }
        }
        sent.letGo();
        assertThat(answerOf(first)).isEqualTo("served");
        scene.awaitQuiet();
        assertThat(scene.faults().count(Kind.REQUEST)).isEqualTo(1);
        assertThat(scene.faults().count(Kind.GRANT)).isZero();
        assertThat(runs).hasValue(1);
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void howeverManyWaitEachHasItsTurn(Scene scene) {
        RpcClient client = client(scene);
        CompletableFuture<StringValue> first = first(scene, client);
        List<CompletableFuture<StringValue>> calls = Stream.generate(() -> scene.call(client, Store.LOCK, LARGE))
                .limit(50)
                .toList();
        awaitWaiting(scene, calls.size());

        sent.letGo();

        answerOf(first);
        for (CompletableFuture<StringValue> call : calls) {
            assertThat(answerOf(call)).isEqualTo("served");
        }
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void whoWaitsForRoomMayBeInterruptedOrHisClientClosed(Scene scene) {
        RpcClient client = client(scene);
        CompletableFuture<StringValue> first = first(scene, client);
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        CompletableFuture<StringValue> interrupted = Flavour.asideFor(() -> {
            waiting.complete(Thread.currentThread());
            return client.request(Store.WEIGH, Topic.NONE, Store.text(LARGE), CallOptions.DEFAULT);
        });
        CompletableFuture<StringValue> call = scene.call(client, Store.WEIGH, LARGE);
        awaitWaiting(scene, 2);

        Outcome.of(waiting).interrupt();
        assertFails(interrupted, ErrorCode.CANCELED, "request canceled");
        client.close();
        assertFails(call, ErrorCode.CANCELED, "client is closed");

        sent.letGo();
        failureOf(first);
        scene.awaitQuiet();
        scene.time().advance(TIMEOUT);
        assertThat(scene.faults().count(Kind.REQUEST)).isEqualTo(1);
    }

    @OnEveryBus
    void whatIsLargerThanTheLimitGoesAlone(Scene scene) {
        RpcClient client = client(scene);

        assertThat(answerOf(scene.call(client, Store.FETCH, "x".repeat(2 * MAX_BYTES))))
                .isEqualTo("served");
    }
}
