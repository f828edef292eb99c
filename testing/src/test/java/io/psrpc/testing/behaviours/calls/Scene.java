package io.psrpc.testing.behaviours.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.Faults;
import io.psrpc.testing.ManualTime;
import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.FakeBroker;
import io.psrpc.testing.transports.NatsLikeBroker;
import io.psrpc.testing.transports.RedisLikeBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A broker, the processes on it, and what happens between them in manual time. Nothing is random: {@link #settle} waits until everyone
 * has done what there is to do at this moment. Closing it fails where a call, bid, handler, timer or subscription is left.
 */
final class Scene implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(1);
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final Network network;
    private final Flavour flavour;
    private final ManualTime time = new ManualTime();
    private final Faults faults = Faults.create();
    private final Crew crew = new Crew();
    private final Callers callers;
    private final LocalBroker local = LocalBroker.create();
    private final RedisLikeBroker redis = new RedisLikeBroker(time, Dispatch.INLINE);
    private final NatsLikeBroker nats = new NatsLikeBroker(Dispatch.INLINE);
    private final List<MessageBus> processes = new ArrayList<>();
    private final List<RpcServer> servers = new ArrayList<>();
    private final List<RpcClient> clients = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Logs logs = new Logs();
    private UnaryOperator<BusTransport> wrapping = UnaryOperator.identity();
    private @Nullable MessageBus home;

    Scene(Network network, Flavour flavour) {
        this.network = network;
        this.flavour = flavour;
        this.callers = new Callers(flavour);
    }

    @Override
    public String toString() {
        return network + ", " + flavour;
    }

    Network network() {
        return network;
    }

    Flavour flavour() {
        return flavour;
    }

    ManualTime time() {
        return time;
    }

    /** Of all processes; peers have none. */
    Faults faults() {
        return faults;
    }

    Crew crew() {
        return crew;
    }

    /** What is logged, which is not printed. */
    Logs logs() {
        return logs;
    }

    RedisLikeBroker redis() {
        assertThat(network).isEqualTo(Network.REDIS_LIKE);
        return redis;
    }

    NatsLikeBroker nats() {
        assertThat(network).isEqualTo(Network.NATS_LIKE);
        return nats;
    }

    /** Redis or NATS. */
    FakeBroker broker() {
        return network == Network.REDIS_LIKE ? redis() : nats();
    }

    /** Puts something around the transports of processes that are started later. */
    void wrap(UnaryOperator<BusTransport> wrapping) {
        this.wrapping = wrapping;
    }

    BusTransport connect() {
        return switch (network) {
            case LOCAL -> local.transport();
            case REDIS_LIKE -> redis.connect();
            case NATS_LIKE -> nats.connect();
        };
    }

    /** One more process. */
    MessageBus process() {
        logs.open();
        BusOptions options = BusOptions.builder().time(time).executor(crew).build();
        MessageBus bus = MessageBus.over(faults.around(wrapping.apply(connect())), options);
        processes.add(bus);
        return bus;
    }

    /** The process of clients for which no other is named. */
    MessageBus home() {
        MessageBus known = home;
        if (known == null) {
            known = process();
            home = known;
        }
        return known;
    }

    RpcClient client() {
        return client(ClientOptions.DEFAULT);
    }

    RpcClient client(ClientOptions options) {
        RpcClient client = RpcClient.create(home(), Trial.SERVICE, options);
        clients.add(client);
        return client;
    }

    /** A client of the feed. */
    RpcClient feedClient(MessageBus process) {
        RpcClient client = RpcClient.create(process, Trial.FEED, ClientOptions.DEFAULT);
        clients.add(client);
        return client;
    }

    /** One more server in a process. */
    RpcServer server(MessageBus process, String id, Binding... bindings) {
        return server(process, ServerOptions.builder().serverId(id), bindings);
    }

    RpcServer server(MessageBus process, ServerOptions.Builder options, Binding... bindings) {
        RpcServer server = RpcServer.create(process, Trial.SERVICE, options.build());
        servers.add(server);
        server.register(bindings);
        return server;
    }

    Peer peer() {
        Peer peer = new Peer(time, connect());
        peers.add(peer);
        return peer;
    }

    <Q extends Message, R extends Message> Call<R> call(
            RpcClient client, MethodDefinition<Q, R> method, Q request, CallOptions options) {
        return callers.call(client, method, Topic.NONE, request, options);
    }

    Call<StringValue> call(RpcClient client, MethodDefinition<StringValue, StringValue> method, String text) {
        return call(client, method, Trial.text(text), CallOptions.DEFAULT);
    }

    Call<StringValue> callRoom(
            RpcClient client, MethodDefinition<StringValue, StringValue> method, String room, String text) {
        return callers.call(client, method, Topic.of(room), Trial.text(text), CallOptions.DEFAULT);
    }

    MultiAnswers callAll(RpcClient client, String text, CallOptions options) {
        return callers.callAll(client, Trial.ALL, Topic.NONE, Trial.text(text), options);
    }

    /** Something that blocks, on a thread of its own whatever the flavour. */
    <T> Call<T> run(Callable<T> action) {
        return callers.run(action);
    }

    /** Waits until nobody does anything by himself any more: what happens next, time or the test brings about. */
    void settle() {
        long start = System.nanoTime();
        while (!isSettled()) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("scene: still busy (expected: settled within 10 s)");
            }
            Thread.yield();
        }
    }

    /** A caller may give the crew a task and then wait, the crew may wake a caller and then be idle: so both are looked at twice. */
    private boolean isSettled() {
        long tasks = crew.submitted();
        return callers.areWaiting() && crew.isIdleSince(tasks) && callers.areWaiting();
    }

    /** Lets so much time pass; whatever falls due has settled before later things fall due. */
    void pass(Duration duration) {
        settle();
        for (Duration left = duration; !left.isZero(); ) {
            Duration step = left.compareTo(STEP) < 0 ? left : STEP;
            time.advance(step);
            settle();
            left = left.minus(step);
        }
    }

    void passMillis(long millis) {
        pass(Duration.ofMillis(millis));
    }

    /** What all processes hold: calls, bids and so on, and the timers of everyone. */
    Inventory inventory() {
        settle();
        int calls = 0;
        int claims = 0;
        int handlers = 0;
        int subscriptions = 0;
        for (MessageBus process : processes) {
            Inventory held = ((EngineBus) process).inventory();
            calls += held.calls();
            claims += held.claims();
            handlers += held.handlers();
            subscriptions += held.subscriptions();
        }
        return new Inventory(calls, claims, handlers, subscriptions, time.pendingTimers());
    }

    /** So many calls have not ended. */
    void assertUnderWay(int calls) {
        assertThat(inventory().calls()).isEqualTo(calls);
    }

    /** Nothing is under way: no call, no bid, no handler, no timer. */
    void assertQuiet() {
        Inventory held = inventory();
        assertThat(held).isEqualTo(new Inventory(0, 0, 0, held.subscriptions(), 0));
    }

    @Override
    public void close() {
        try {
            assertQuiet();
            clients.forEach(RpcClient::close);
            servers.forEach(RpcServer::close);
            peers.forEach(Peer::close);
            assertThat(inventory()).isEqualTo(Inventory.EMPTY);
            assertThat(redis.subscribedAddresses()).isEmpty();
            assertThat(nats.subscribedAddresses()).isEmpty();
        } finally {
            servers.forEach(RpcServer::shutdownNow);
            crew.close();
            processes.forEach(MessageBus::close);
            logs.close();
        }
    }
}
