package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static io.psrpc.testing.behaviours.servers.Outcome.assertIs;
import static io.psrpc.testing.behaviours.servers.Outcome.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusState.Status;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Rows("C26")
class CloseTest {
    private static final Duration DRAIN = Duration.ofSeconds(2);
    /** So long a server leaves a request to others that it does not take. */
    private static final Duration COURTESY = Duration.ofMillis(20);

    private final Gate gate = new Gate();

    private Binding held() {
        return Store.serve(Store.FETCH, (ctx, request) -> {
            gate.passInterruptibly();
            return Store.text("served");
        });
    }

    private static void assertClosed(CompletableFuture<StringValue> call) {
        PsrpcException failure = failureOf(call);
        assertIs(failure, ErrorCode.CANCELED, "server is closed");
        assertThat(failure.isFromPeer()).isTrue();
    }

    @OnEveryBus
    void closingWaitsForHandlersAndInterruptsThemWhenItsTimeIsUp(Scene scene) {
        CompletableFuture<Boolean> isDone = new CompletableFuture<>();
        RpcServer server = scene.server(
                scene.process(),
                ServerOptions.builder().drainTimeout(DRAIN),
                Store.serve(Store.FETCH, (ctx, request) -> {
                    ctx.onDone(() -> isDone.complete(ctx.isDone()));
                    gate.passInterruptibly();
                    return Store.text("served");
                }));
        CompletableFuture<StringValue> call = scene.call(scene.client(scene.process()), Store.FETCH, "");
        gate.await(1);
        int timers = scene.time().pendingTimers();
        CompletableFuture<Void> closed = Flavour.aside(server::close);
        scene.time().awaitTimers(timers + 1);

        scene.time().advance(DRAIN.minusNanos(1));
        assertThat(call).isNotDone();
        assertThat(closed).isNotDone();
        scene.time().advance(Duration.ofNanos(1));

        assertClosed(call);
        Outcome.of(closed);
        assertThat(Outcome.of(isDone)).isTrue();
    }

    @OnEveryBus
    void shuttingDownInterruptsAHandlerThatWaitsForACall(Scene scene) {
        scene.server(scene.process(), "SRV_1", Store.serve(Store.LOCK, (ctx, request) -> {
            gate.pass();
            return Store.text("served");
        }));
        MessageBus process = scene.process();
        RpcClient inner = scene.client(process);
        RpcServer server = scene.server(
                process,
                "SRV_2",
                Store.serve(
                        Store.FETCH,
                        (ctx, request) -> inner.request(Store.LOCK, Topic.NONE, request, CallOptions.DEFAULT)));
        CompletableFuture<StringValue> call = scene.call(scene.client(scene.process()), Store.FETCH, "");
        gate.await(1);

        server.shutdownNow();

        assertClosed(call);
        gate.open();
    }

    @OnEveryBus
    void aHandlerThatAnswersAllTheSameIsHeard(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1", Store.serve(Store.FETCH, (ctx, request) -> {
            try {
                gate.passInterruptibly();
            } catch (InterruptedException e) {
                return Store.text("in a hurry");
            }
            return Store.text("served");
        }));
        CompletableFuture<StringValue> call = scene.call(scene.client(scene.process()), Store.FETCH, "");
        gate.await(1);

        server.shutdownNow();

        assertThat(answerOf(call)).isEqualTo("in a hurry");
    }

    @OnEveryBus
    void whatWaitsForAThreadIsAnsweredInPlaceOfItsHandler(Scene scene) {
        RpcServer server = scene.server(
                scene.process(),
                ServerOptions.builder()
                        .executor(task -> Flavour.aside(() -> {
                            gate.pass();
                            task.run();
                        })),
                Store.answer(Store.FETCH, "served"));
        CompletableFuture<StringValue> call = scene.call(scene.client(scene.process()), Store.FETCH, "");
        gate.await(1);

        server.shutdownNow();
        gate.open();

        assertClosed(call);
    }

    @OnEveryBus
    void whatComesMeanwhileIsLeftToOthers(Scene scene) {
        LateCalls late = new LateCalls(scene, 2);
        scene.server(scene.process(), "SRV_2", Store.answer(Store.FETCH, "another"));
        var calls = late.made();

        for (CompletableFuture<StringValue> call : calls) {
            assertThat(answerOf(call)).isEqualTo("another");
        }
    }

    @OnEveryBus
    void whatComesMeanwhileAndNobodyTakesIsUnavailable(Scene scene) {
        LateCalls late = new LateCalls(scene, 1);
        var calls = late.made();

        assertFails(calls.get(0), ErrorCode.UNAVAILABLE, "no response from servers");
    }

    /** Calls of which some come to a server that has been shut down since they were made. */
    private static final class LateCalls {
        private final HeldFrames way = new HeldFrames();
        private final SentRequests sent = new SentRequests();
        private final Scene scene;
        private final int count;
        private final RpcServer server;

        LateCalls(Scene scene, int count) {
            this.scene = scene;
            this.count = count;
            scene.wrap(way::around);
            server = scene.server(scene.process(), "SRV_1", Store.answer(Store.FETCH, "never"));
            scene.wrap(UnaryOperator.identity());
        }

        List<CompletableFuture<StringValue>> made() {
            scene.wrap(sent::around);
            RpcClient client = scene.client(scene.process());
            scene.wrap(UnaryOperator.identity());
            way.hold();
            var calls = Stream.generate(() -> scene.call(client, Store.FETCH, ""))
                    .limit(count)
                    .toList();
            // On Redis every server gets each: time must not pass while one has come to the first server alone.
            scene.await(
                    "requests on their way",
                    () -> way.frames() >= 1 && (scene.network() != Network.REDIS_LIKE || sent.count() == count));

            server.shutdownNow();
            way.letGo();
            scene.time().advance(COURTESY);
            return calls;
        }
    }

    @OnEveryBus(flavours = {})
    void bidsAreForgottenThoseOfClosedRegistrationsToo(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1", Store.answer(Store.LOCK, ""));
        Registration registration = server.register(Store.answer(Store.FETCH, ""), Store.answer(Store.WEIGH, ""));
        Peer peer = scene.peer();
        var bids = peer.bids();
        peer.send(Store.FETCH, peer.request("REQ_1", Duration.ofSeconds(3)).build());
        registration.close();
        server.register(Store.answer(Store.FETCH, ""));
        peer.send(Store.FETCH, peer.request("REQ_2", Duration.ofSeconds(3)).build());
        assertThat(bids).hasSize(2);
        assertThat(scene.inventory().claims()).isEqualTo(2);

        server.shutdownNow();

        assertThat(scene.inventory()).isEqualTo(Inventory.EMPTY);
    }

    @OnEveryBus
    void closingABusDrainsItsServersWhileTheirHandlersMayCall(Scene scene) {
        scene.server(scene.process(), "SRV_1", Store.answer(Store.LOCK, "locked"));
        MessageBus process = scene.process();
        RpcClient inner = scene.client(process);
        Binding calling = Store.serve(Store.FETCH, (ctx, request) -> {
            gate.pass();
            return scene.flavour()
                    .call(inner, Store.LOCK, Topic.NONE, request, CallOptions.DEFAULT)
                    .join();
        });
        scene.server(process, "SRV_2", calling);
        scene.server(process, "SRV_3", calling);
        RpcClient client = scene.client(scene.process());
        CompletableFuture<StringValue> first = scene.call(client, Store.FETCH, "1");
        CompletableFuture<StringValue> second = scene.call(client, Store.FETCH, "2");
        gate.await(2);

        CompletableFuture<Void> closed = Flavour.aside(process::close);

        scene.awaitSubscriptions(process, 2);
        assertFails(scene.call(client, Store.FETCH, "3"), ErrorCode.UNAVAILABLE, "no response from servers");
        assertThat(closed).isNotDone();
        gate.open();
        assertThat(answerOf(first)).isEqualTo("locked");
        assertThat(answerOf(second)).isEqualTo("locked");
        Outcome.of(closed);
        scene.awaitSubscriptions(process, 0);
    }

    @OnEveryBus
    void whoIsInterruptedWhileClosingABusClosesItAtOnce(Scene scene) {
        MessageBus process = scene.process();
        scene.server(process, "SRV_1", held());
        scene.server(process, "SRV_2", held());
        RpcClient client = scene.client(scene.process());
        CompletableFuture<StringValue> call = scene.call(client, Store.FETCH, "");
        gate.await(1);
        CompletableFuture<Thread> closing = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = Flavour.asideFor(() -> {
            closing.complete(Thread.currentThread());
            process.close();
            return Thread.interrupted();
        });
        scene.awaitSubscriptions(process, 0);

        Outcome.of(closing).interrupt();

        assertThat(Outcome.of(interrupted)).isTrue();
        assertThat(process.state().status()).isEqualTo(Status.CLOSED);
        scene.time().advance(Duration.ofSeconds(3));
        failureOf(call);
    }

    @OnEveryBus
    void whoClosesASecondTimeWaitsToo(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1", held());
        CompletableFuture<StringValue> call = scene.call(scene.client(scene.process()), Store.FETCH, "");
        gate.await(1);
        CompletableFuture<Void> first = Flavour.aside(server::close);
        CompletableFuture<Void> second = Flavour.aside(server::close);
        CompletableFuture<Void> third = Flavour.aside(server::close);

        gate.open();

        assertThat(answerOf(call)).isEqualTo("served");
        CompletableFuture.allOf(first, second, third).join();
        assertThat(scene.inventory().handlers()).isZero();
    }
}
