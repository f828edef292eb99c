package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.ServerOptions;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.internal.server.EngineServer;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A client and a server of one bus: what begins on them while they, or the bus, end. */
final class LifeSubject implements Subject<LifeSubject.Event> {
    /** What may happen. */
    enum Event {
        CALLED,
        CALLED_EVERYONE,
        SUBSCRIBED,
        REGISTERED,
        UNREGISTERED,
        CLIENT_CLOSED,
        SERVER_CLOSED,
        SHUT_DOWN,
        BUS_CLOSED
    }

    private final StillBus still = new StillBus();
    private final RpcClient client = RpcClient.create(still.bus, StillBus.SERVICE, ClientOptions.DEFAULT);
    private final EngineServer server = EngineServer.create(
            still.bus, StillBus.SERVICE, ServerOptions.builder().build());
    private final Queue<CompletableFuture<?>> begun = new ConcurrentLinkedQueue<>();
    private final Queue<Registration> registrations = new ConcurrentLinkedQueue<>();

    static Machine<Event> machine() {
        return new Machine<>("client, server and bus", List.of(Event.values()), LifeSubject::new);
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case CALLED ->
                begun.add(client.requestAsync(StillBus.AFFINITY, Topic.NONE, StillBus.HELLO, CallOptions.DEFAULT));
            case CALLED_EVERYONE ->
                begun.add(client.requestAllAsync(
                        StillBus.MULTI, Topic.NONE, StillBus.HELLO, CallOptions.DEFAULT, answer -> {}));
            case SUBSCRIBED ->
                begun.add(client.subscribeAsync(StillBus.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT, update -> {}));
            case REGISTERED -> register();
            case UNREGISTERED -> unregister();
            case CLIENT_CLOSED -> client.close();
            case SERVER_CLOSED -> server.close();
            case SHUT_DOWN -> server.shutdownNow();
            case BUS_CLOSED -> still.bus.close();
        }
    }

    private void register() {
        Binding binding = Binding.unary(StillBus.QUEUE, Topic.NONE, (ctx, request) -> StringValue.of("done"));
        try {
            registrations.add(server.register(binding));
        } catch (PsrpcException closedOrServedAlready) {
            // Whoever comes too late is told so.
        }
    }

    private void unregister() {
        Registration registration = registrations.poll();
        if (registration != null) {
            registration.close();
        }
    }

    /** Everything that began ends with its owner, at once; nothing is left. */
    @Override
    public void check(List<Event> happened) {
        client.close();
        server.close();
        begun.forEach(future -> expect("done", future.isDone(), true));
        still.checkEmpty();
    }
}
