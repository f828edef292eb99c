package io.psrpc.testing.behaviours.servers;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.Response;
import io.psrpc.Selection;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A process with a client and one with servers, in which the {@link Place}s of users' code are. Each invocation has a topic of its own. */
final class Workplace {
    private static final Duration LONG = Duration.ofHours(1);

    /** Calls end in time, however much of it others need. */
    static final CallOptions OPTIONS = CallOptions.timeout(LONG)
            .withSelection(Selection.DEFAULT.withAcceptFirst(true).withTimeout(LONG));

    private final Scene scene;
    private final HeldPublishes publishes;
    private final HeldConfirmations confirmations;
    private final AtomicInteger topics;
    private final MessageBus away;
    private final MessageBus home;
    private final RpcClient client;
    private final RpcServer server;

    /** On brokers that have readers. */
    Workplace(Scene scene, Supplier<BusOptions.Builder> options) {
        this.scene = scene.withReaders();
        publishes = new HeldPublishes();
        confirmations = new HeldConfirmations();
        topics = new AtomicInteger();
        scene.wrap(transport -> confirmations.around(publishes.around(transport)));
        away = scene.process(options.get());
        // Connected again after the other: what is called then finds both.
        home = scene.process(options.get());
        client = scene.client(home);
        server = scene.server(away, "SRV_1", Store.answer(Store.LOCK, "locked"), Store.answer(Store.COUNT, "counted"));
    }

    private Workplace(Workplace other) {
        scene = other.scene;
        publishes = other.publishes;
        confirmations = other.confirmations;
        topics = other.topics;
        away = other.away;
        home = other.home;
        client = scene.client(home);
        server = other.server;
    }

    /** Another client, in the same processes. */
    Workplace beside() {
        return new Workplace(this);
    }

    Scene scene() {
        return scene;
    }

    /** The client's process. */
    MessageBus home() {
        return home;
    }

    RpcClient client() {
        return client;
    }

    /** Publishes updates. */
    RpcServer server() {
        return server;
    }

    /** One more client, in the same process. */
    RpcClient anotherClient() {
        return scene.client(home);
    }

    Topic nextTopic() {
        return Topic.of("aisle " + topics.incrementAndGet());
    }

    /** One more server. */
    void serve(ServerOptions.Builder options, Binding... bindings) {
        scene.server(away, options, bindings);
    }

    /** A topic on which a new server answers. */
    Topic serve(MethodDefinition<StringValue, StringValue> method) {
        Topic topic = nextTopic();
        serve(ServerOptions.builder(), Binding.unary(method, topic, (ctx, request) -> request));
        return topic;
    }

    CompletableFuture<StringValue> ask(Topic topic, CallOptions options) {
        return client.requestAsync(Store.AISLE_LOCK, topic, Store.text("?"), options);
    }

    CompletableFuture<Void> publish(Topic topic, String text) {
        return server.publishAsync(Store.AISLE_NEWS, topic, Store.text(text));
    }

    /** A blocking call on the current thread, to a server that has nothing to do with the rest. */
    String callBlocking() {
        return client.request(Store.LOCK, Topic.NONE, Store.text("?"), OPTIONS).getValue();
    }

    /** The only answer of a blocking multi call, on the current thread. */
    String callAllBlocking() {
        try (var answers =
                client.requestAll(Store.COUNT, Topic.NONE, Store.text("?"), OPTIONS.withExpectedResponses(1))) {
            return answers.next().map(Response::orThrow).orElseThrow().getValue();
        }
    }

    /** Starts something that publishes; what comes of it comes after this has returned. */
    <T> CompletableFuture<T> beforeItIsPublished(Supplier<CompletableFuture<T>> start) {
        publishes.hold();
        try {
            return start.get();
        } finally {
            publishes.letGo();
        }
    }

    /** Starts something that subscribes; what comes of it comes on a thread of the engine, after this has returned. */
    <T> CompletableFuture<T> beforeItIsConfirmed(Supplier<CompletableFuture<T>> start) {
        confirmations.hold(true);
        try {
            return start.get();
        } finally {
            EngineThread.run(() -> confirmations.hold(false));
        }
    }

    /** All connections are lost and come back, which transports tell on threads of the engine. */
    void reconnect() {
        EngineThread.run(() -> scene.faults().disconnect().reconnect());
    }
}
