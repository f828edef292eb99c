package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.ServerObserver;
import io.psrpc.ServerOptions;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** Users' code on the thread on which a broker's client answers: what blocks there is refused, what ends something there does not wait. */
@Timeout(60)
@Rows({"C39", "N02"})
class AnsweringThreadTest {
    /** A process whose connection answers on a thread of its own. */
    private static MessageBus process(Scene scene, BusOptions.Builder options) {
        scene.wrap(AnsweringThread::new);
        MessageBus process = scene.process(options);
        scene.wrap(transport -> transport);
        return process;
    }

    /** Whether the engine knows the current thread for its own; fails on another than the connection's. */
    private static boolean isKnown() {
        assertThat(AnsweringThread.isCurrent())
                .as(Thread.currentThread().getName())
                .isTrue();
        return EngineThread.isCurrent();
    }

    private static <T> Consumer<T> noting(CompletableFuture<Boolean> isKnown) {
        return any -> note(isKnown);
    }

    private static void note(CompletableFuture<Boolean> isKnown) {
        try {
            isKnown.complete(isKnown());
        } catch (AssertionError e) {
            isKnown.completeExceptionally(e);
        }
    }

    @OnEveryBus(
            networks = {Network.REDIS_LIKE, Network.NATS_LIKE},
            flavours = {})
    void anObserverOfACallThatNobodyTakesMayCloseARegistration(Scene scene) {
        MessageBus process = process(scene, BusOptions.builder());
        RpcServer server = RpcServer.create(process, Store.SERVICE, ServerOptions.DEFAULT);
        // Of another subject than the call's.
        Registration registration =
                server.register(Binding.unary(Store.AISLE_LOCK, Topic.of("1"), (ctx, request) -> request));
        CompletableFuture<Boolean> isKnown = new CompletableFuture<>();
        ClientObserver observer = new ClientObserver() {
            @Override
            public void onResponse(ClientCall call, @Nullable PsrpcException failure, Duration took) {
                registration.close();
                note(isKnown);
            }
        };
        RpcClient client =
                scene.client(process, ClientOptions.builder().observer(observer).build());

        CompletableFuture<StringValue> call =
                client.requestAsync(Store.FETCH, Topic.NONE, Store.text("?"), CallOptions.DEFAULT);

        Outcome.assertFails(call, ErrorCode.UNAVAILABLE, "no response from servers");
        assertThat(Outcome.of(isKnown)).isTrue();
        Outcome.of(Flavour.aside(server::close));
    }

    @OnEveryBus(
            networks = {Network.REDIS_LIKE},
            flavours = {})
    void anObserverOfAClaimMayCloseItsServersRegistration(Scene scene) {
        MessageBus process = process(scene, BusOptions.builder());
        CompletableFuture<Registration> registration = new CompletableFuture<>();
        CompletableFuture<Boolean> isKnown = new CompletableFuture<>();
        ServerObserver observer = new ServerObserver() {
            @Override
            public void onClaim(MethodInfo method, ClaimOutcome outcome, Duration wait) {
                if (outcome == ClaimOutcome.SKIPPED) {
                    Outcome.of(registration).close();
                    note(isKnown);
                }
            }
        };
        RpcServer server = RpcServer.create(
                process,
                Store.SERVICE,
                ServerOptions.builder().observer(observer).build());
        registration.complete(server.register(Store.answer(Store.FETCH, "fetched")));
        RpcClient client = scene.client(scene.process());

        // A client's first request is one that must be bid for.
        for (String text : new String[] {"first", "second"}) {
            assertThat(Outcome.answerOf(
                            client.requestAsync(Store.FETCH, Topic.NONE, Store.text(text), CallOptions.DEFAULT)))
                    .isEqualTo("fetched");
        }

        assertThat(Outcome.of(isKnown)).isTrue();
        Outcome.of(Flavour.aside(server::close));
    }

    @OnEveryBus(
            networks = {Network.REDIS_LIKE, Network.NATS_LIKE},
            flavours = {})
    void whatAnExecutorRunsInPlaceRunsOnAThreadThatMustNotBlock(Scene scene) {
        CompletableFuture<Boolean> subscribed = new CompletableFuture<>();
        CompletableFuture<Boolean> published = new CompletableFuture<>();
        HeldConfirmations held = new HeldConfirmations();
        HeldPublishes publishes = new HeldPublishes();
        scene.wrap(transport -> new AnsweringThread(held.around(publishes.around(transport))));
        MessageBus process = scene.process(BusOptions.builder().executor(Runnable::run));
        RpcClient client = scene.client(process);
        RpcServer server = RpcServer.create(process, Store.SERVICE, ServerOptions.DEFAULT);

        held.hold(true);
        publishes.hold();
        client.subscribeAsync(Store.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT, update -> {})
                .thenAccept(noting(subscribed));
        server.publishAsync(Store.AISLE_NEWS, Topic.of("1"), Store.text("news")).thenRun(() -> note(published));
        held.hold(false);
        publishes.letGo();

        assertThat(Outcome.of(subscribed)).isTrue();
        assertThat(Outcome.of(published)).isTrue();
        Outcome.of(Flavour.aside(server::close));
    }
}
