package io.psrpc.testing.behaviours.servers;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.MethodInfo;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.RequestContext;
import io.psrpc.Selection;
import io.psrpc.ServerInterceptor;
import io.psrpc.ServerObserver;
import io.psrpc.ServerOptions;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A process that has one of everything that can be closed, and a guest who is called wherever users' code can run. */
final class Household {
    /** A request whose handler stays until its deadline has passed. */
    static final String LATE = "late";

    /** Longer than any call. */
    static final Duration LONG = Duration.ofSeconds(4);

    /** So short that it never adds up to anything. */
    static final Duration MOMENT = Duration.ofNanos(1);

    /** What may wait, or close what it is called from. */
    @FunctionalInterface
    interface Guest {
        void at(Household household, Inside here) throws InterruptedException;
    }

    private final Scene scene;
    private final Guest guest;
    private final AtomicInteger ends = new AtomicInteger();
    private final int ownSubscriptions;

    final MessageBus bus;
    final RpcClient client;
    final RpcServer server;
    final Registration handlers;
    final Registration listening;
    final Subscription<StringValue> reading;

    Household(Scene scene, BusOptions.Builder options, Guest guest) {
        this.scene = scene;
        this.guest = guest;
        bus = scene.process(options);
        bus.onState(state -> pass(Inside.STATE_LISTENER));
        client = scene.client(
                bus,
                ClientOptions.builder()
                        .interceptor(new CallsAround())
                        .observer(new ClientWatch())
                        .build());
        listening = Outcome.of(
                client.subscribeAsync(Store.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT, new NewsListener()));
        reading = client.subscribe(Store.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT);
        ownSubscriptions = bus.stats().subscriptions();
        server = scene.server(
                bus,
                ServerOptions.builder()
                        .serverId("SRV_1")
                        .interceptor(this::around)
                        .observer(new ServerWatch()));
        handlers = server.register(
                Store.serve(Store.WEIGH, this::handle, (ctx, request) -> {
                    pass(Inside.AFFINITY_FUNCTION);
                    return 1;
                }),
                Store.serve(Store.FETCH, this::handle),
                Store.answer(Store.COUNT, "counted"));
    }

    Scene scene() {
        return scene;
    }

    /** How many subscriptions at the broker it has without its server. */
    int ownSubscriptions() {
        return ownSubscriptions;
    }

    /** How often its listener was told the end. */
    int ends() {
        return ends.get();
    }

    void closeSubscriptions() {
        listening.close();
        reading.close();
    }

    CompletableFuture<StringValue> call(String text) {
        return Flavour.asideFor(() -> scene.call(client, Store.WEIGH, text, Scene.FIRST))
                .thenCompose(call -> call);
    }

    CompletableFuture<StringValue> callSelecting() {
        CallOptions selecting =
                CallOptions.selecting(Selection.DEFAULT.withShortCircuit(MOMENT).withSelector(bids -> {
                    pass(Inside.SELECTOR);
                    return bids.get(0);
                }));
        return Flavour.asideFor(() -> scene.call(client, Store.WEIGH, "", selecting))
                .thenCompose(call -> call);
    }

    CompletableFuture<StringValue> callBack() {
        return Flavour.asideFor(() -> client.requestAsync(Store.WEIGH, Topic.NONE, Store.text(""), Scene.FIRST))
                .thenCompose(call -> call.whenComplete((answer, failure) -> pass(Inside.CALLBACK)));
    }

    CompletableFuture<?> callAll() {
        return Flavour.asideFor(() -> client.requestAllAsync(
                        Store.COUNT,
                        Topic.NONE,
                        Store.text(""),
                        CallOptions.DEFAULT,
                        answer -> pass(Inside.CONSUMER_OF_A_MULTI_CALL)))
                .thenCompose(call -> call);
    }

    CompletableFuture<Void> publish() {
        return Flavour.asideFor(() -> server.publishAsync(Store.NEWS, Topic.NONE, Store.text("news")))
                .thenCompose(publish -> publish);
    }

    /** And finds it again. */
    CompletableFuture<Void> loseConnection() {
        return Flavour.aside(() -> scene.faults().disconnect().reconnect());
    }

    private void pass(Inside here) {
        try {
            guest.at(this, here);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private StringValue handle(RequestContext ctx, StringValue request) throws InterruptedException {
        ctx.onDone(() -> pass(Inside.ON_DONE_ACTION));
        guest.at(this, Inside.HANDLER);
        if (request.getValue().equals(LATE)) {
            scene.time().advance(LONG);
        }
        return Store.text("served");
    }

    private Message around(RequestContext ctx, Message request, ServerInterceptor.Next next) throws Exception {
        pass(Inside.SERVER_INTERCEPTOR);
        Message answer = next.proceed(ctx, request);
        pass(Inside.SERVER_INTERCEPTOR_AFTERWARDS);
        return answer;
    }

    private final class ServerWatch implements ServerObserver {
        @Override
        public void onReceived(MethodInfo method) {
            pass(Inside.OBSERVER_OF_A_REQUEST_RECEIVED);
            pass(Inside.OBSERVER_OF_A_LARGE_REQUEST_RECEIVED);
        }

        @Override
        public void onClaim(MethodInfo method, ClaimOutcome outcome, Duration wait) {
            pass(Inside.OBSERVER_OF_A_CLAIM);
        }
    }

    private final class CallsAround implements ClientInterceptor {
        @Override
        public CompletionStage<Message> unary(ClientCall call, Next next) {
            pass(Inside.CLIENT_INTERCEPTOR);
            return next.proceed(call).whenComplete((answer, failure) -> pass(Inside.CLIENT_INTERCEPTOR_AFTERWARDS));
        }
    }

    private final class ClientWatch implements ClientObserver {
        @Override
        public void onRequest(ClientCall call) {
            pass(Inside.OBSERVER_OF_A_REQUEST_SENT);
        }

        @Override
        public void onSelected(ClientCall call, String serverId, int bids, Duration wait) {
            pass(Inside.OBSERVER_OF_A_SELECTION);
        }

        @Override
        public void onResponse(ClientCall call, @Nullable PsrpcException failure, Duration took) {
            pass(Inside.OBSERVER_OF_A_RESPONSE);
        }
    }

    private final class NewsListener implements SubscriptionListener<StringValue> {
        @Override
        public void onUpdate(StringValue update) {
            pass(Inside.LISTENER_OF_AN_UPDATE);
        }

        @Override
        public void onGap() {
            pass(Inside.LISTENER_OF_A_GAP);
        }

        @Override
        public void onEnd(@Nullable PsrpcException failure) {
            ends.incrementAndGet();
            pass(Inside.LISTENER_OF_THE_END);
        }
    }
}
