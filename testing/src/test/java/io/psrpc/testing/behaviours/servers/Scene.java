package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.Response;
import io.psrpc.Selection;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import io.psrpc.bus.Timekeeper;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import io.psrpc.testing.Faults;
import io.psrpc.testing.ManualTime;
import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.FakeBroker;
import io.psrpc.testing.transports.NatsLikeBroker;
import io.psrpc.testing.transports.RedisLikeBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A broker, processes on it with clients and servers, and time that the test advances. User code runs where it runs in production: on
 * the bus's own workers. Closing it fails where a call, bid, handler, timer, subscription or logged error is left.
 */
final class Scene implements AutoCloseable {
    /** Where nobody counts, a choice among bids would wait. */
    static final CallOptions FIRST = CallOptions.selecting(Selection.DEFAULT.withAcceptFirst(true));

    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Network network;
    private final @Nullable Flavour flavour;
    private final ManualTime time = new ManualTime();
    private final Faults faults = Faults.create();
    private final List<EngineBus> processes = new ArrayList<>();
    private final List<RpcServer> servers = new ArrayList<>();
    private final List<RpcClient> clients = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private Dispatch dispatch = Dispatch.INLINE;
    private UnaryOperator<BusTransport> wrapping = UnaryOperator.identity();
    private @Nullable LocalBroker local;
    private @Nullable FakeBroker broker;
    private @Nullable Logs logs;
    private boolean isErrorExpected;

    Scene(Network network) {
        this(network, null);
    }

    Scene(Network network, @Nullable Flavour flavour) {
        this.network = network;
        this.flavour = flavour;
    }

    @Override
    public String toString() {
        return flavour == null ? network.toString() : network + ", " + flavour;
    }

    Network network() {
        return network;
    }

    Flavour flavour() {
        return Objects.requireNonNull(flavour, "flavour of the scene");
    }

    ManualTime time() {
        return time;
    }

    /** Of all processes; peers have none. */
    Faults faults() {
        return faults;
    }

    /** What is logged, which is not printed. */
    Logs logs() {
        Logs known = logs;
        if (known == null) {
            known = Logs.open();
            logs = known;
        }
        return known;
    }

    /** The test is about a crash. */
    void expectErrors() {
        isErrorExpected = true;
    }

    /** Has each connection deliver on a thread of its own. Before the first process. */
    Scene withReaders() {
        dispatch = Dispatch.READERS;
        return this;
    }

    /** Puts something around the transports of processes that are started later. */
    void wrap(UnaryOperator<BusTransport> wrapping) {
        this.wrapping = wrapping;
    }

    RedisLikeBroker redis() {
        return (RedisLikeBroker) broker();
    }

    /** Redis or NATS. */
    FakeBroker broker() {
        FakeBroker known = broker;
        if (known == null) {
            known = switch (network) {
                case REDIS_LIKE -> new RedisLikeBroker(time, dispatch);
                case NATS_LIKE -> new NatsLikeBroker(dispatch);
                case LOCAL -> throw new IllegalStateException("broker: local (expected: one of the others)");
            };
            broker = known;
        }
        return known;
    }

    BusTransport connect() {
        if (network != Network.LOCAL) {
            return broker().connect();
        }
        LocalBroker known = local;
        if (known == null) {
            known = LocalBroker.create();
            local = known;
        }
        return known.transport();
    }

    /** One more process. */
    MessageBus process() {
        return process(BusOptions.builder());
    }

    /** One more process, whose clock is its own. */
    MessageBus process(Timekeeper clock) {
        return start(BusOptions.builder().time(clock));
    }

    MessageBus process(BusOptions.Builder options) {
        return start(options.time(time));
    }

    private MessageBus start(BusOptions.Builder options) {
        logs();
        EngineBus bus = (EngineBus) MessageBus.over(faults.around(wrapping.apply(connect())), options.build());
        processes.add(bus);
        return bus;
    }

    RpcClient client(MessageBus process) {
        return client(process, ClientOptions.DEFAULT);
    }

    RpcClient client(MessageBus process, ClientOptions options) {
        RpcClient client = RpcClient.create(process, Store.SERVICE, options);
        clients.add(client);
        return client;
    }

    RpcServer server(MessageBus process, String id, Binding... bindings) {
        return server(process, ServerOptions.builder().serverId(id), bindings);
    }

    RpcServer server(MessageBus process, ServerOptions.Builder options, Binding... bindings) {
        return server(process, Store.SERVICE, options, bindings);
    }

    RpcServer server(
            MessageBus process, ServiceDefinition service, ServerOptions.Builder options, Binding... bindings) {
        RpcServer server = RpcServer.create(process, service, options.build());
        servers.add(server);
        server.register(bindings);
        return server;
    }

    Peer peer() {
        Peer peer = new Peer(time, connect());
        peers.add(peer);
        return peer;
    }

    CompletableFuture<StringValue> call(
            RpcClient client, MethodDefinition<StringValue, StringValue> method, String text) {
        return call(client, method, text, CallOptions.DEFAULT);
    }

    CompletableFuture<StringValue> call(
            RpcClient client, MethodDefinition<StringValue, StringValue> method, String text, CallOptions options) {
        return flavour().call(client, method, Topic.NONE, StringValue.of(text), options);
    }

    CompletableFuture<StringValue> callOn(
            String topic, RpcClient client, MethodDefinition<StringValue, StringValue> method) {
        return flavour().call(client, method, Topic.of(topic), StringValue.of(""), FIRST);
    }

    CompletableFuture<List<Response<StringValue>>> callAll(RpcClient client, CallOptions options) {
        return flavour().callAll(client, Store.COUNT, Topic.NONE, StringValue.of(""), options);
    }

    /** The process has dropped so many for that reason. */
    long dropped(MessageBus process, DropReason reason) {
        return process.stats().dropped().getOrDefault(reason, 0L);
    }

    /** Waits until a process has so many subscriptions at the broker, those that are ending included. */
    void awaitSubscriptions(MessageBus process, int count) {
        await(count + " subscriptions", () -> process.stats().subscriptions() == count);
    }

    /** Waits in real time until it is so. */
    void await(String what, BooleanSupplier isSo) {
        long start = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError(what + ": not so within 10 s; " + inventory());
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    /** What all processes hold, and the timers of everyone. */
    Inventory inventory() {
        int calls = 0;
        int claims = 0;
        int handlers = 0;
        int subscriptions = 0;
        for (EngineBus process : processes) {
            Inventory held = process.inventory();
            calls += held.calls();
            claims += held.claims();
            handlers += held.handlers();
            subscriptions += held.subscriptions();
        }
        return new Inventory(calls, claims, handlers, subscriptions, time.pendingTimers());
    }

    /** Waits until no call, bid or handler is under way, and no timer is left. */
    void awaitQuiet() {
        await("nothing under way", () -> {
            Inventory held = inventory();
            return held.equals(new Inventory(0, 0, 0, held.subscriptions(), 0));
        });
    }

    /** Done with, closed by the test itself or not. */
    @Override
    public void close() {
        try {
            awaitQuiet();
            clients.forEach(RpcClient::close);
            Outcome.of(Flavour.aside(() -> servers.forEach(RpcServer::close)));
            peers.forEach(Peer::close);
            await("nothing left", () -> inventory().equals(Inventory.EMPTY));
            if (broker != null) {
                assertThat(broker.subscribedAddresses()).isEmpty();
            }
            if (!isErrorExpected) {
                assertThat(logs().errors()).isEmpty();
            }
        } finally {
            servers.forEach(RpcServer::shutdownNow);
            processes.forEach(MessageBus::close);
            logs().close();
        }
    }
}
