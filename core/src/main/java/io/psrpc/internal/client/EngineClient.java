package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.ApiAccess;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.IdGenerator;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.internal.bus.Member;
import io.psrpc.internal.wire.BidMessage;
import io.psrpc.internal.wire.ResponseMessage;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client of one service on one bus: its id, its inbox, and the calls that wait for something to come in. */
public final class EngineClient implements RpcClient, Member {
    private final EngineBus bus;
    private final ClientOptions options;
    private final String service;
    private final String clientId;
    private final IdGenerator ids;
    private final Map<String, PendingCall> calls = new ConcurrentHashMap<>();
    private final Targets targets;
    private final ClientSubscriptions subscriptions;
    private final UnaryCalls unary;
    private final MultiCalls multi;
    private final ClientNotices notices;
    private final BidHistory history;
    private final @Nullable Inbox inbox;
    private volatile boolean closed;

    private EngineClient(EngineBus bus, ServiceDefinition service, ClientOptions options) {
        this.bus = bus;
        this.service = service.name();
        this.options = options;
        this.ids = new IdGenerator(bus.nextSeed());
        this.clientId = options.clientId().orElseGet(ids::clientId);
        this.targets = new Targets(bus, service);
        this.subscriptions = new ClientSubscriptions(this, service);
        this.unary = new UnaryCalls(this);
        this.multi = new MultiCalls(this);
        this.notices = new ClientNotices(bus, options.observers());
        this.history = bus.shared(BidHistory.OF_BUS);
        this.inbox = Inbox.open(this, service.name());
    }

    /** A client whose inbox the broker has confirmed. */
    public static EngineClient start(MessageBus bus, ServiceDefinition service, ClientOptions options) {
        EngineBus engine = (EngineBus) Objects.requireNonNull(bus, "bus");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(options, "options");
        EngineClient client = new EngineClient(engine, service, options);
        try {
            engine.join(client);
            client.awaitInbox();
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
        return client;
    }

    private void awaitInbox() {
        if (inbox != null) {
            inbox.await(options.startTimeout());
        }
    }

    EngineBus bus() {
        return bus;
    }

    ClientOptions options() {
        return options;
    }

    String clientId() {
        return clientId;
    }

    String nextRequestId() {
        return ids.requestId();
    }

    Targets targets() {
        return targets;
    }

    BidHistory history() {
        return history;
    }

    @Override
    @SuppressWarnings("unchecked") // the call parses with the method's own prototype
    public <Q extends Message, R extends Message> R request(
            MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options) {
        checkPresent(method, topic, request, options);
        return (R) unary.request(targets.unary(method, topic), request, options);
    }

    @Override
    public <Q extends Message, R extends Message> CompletableFuture<R> requestAsync(
            MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options) {
        checkPresent(method, topic, request, options);
        return orFailed(() -> unary.requestAsync(targets.unary(method, topic), request, options));
    }

    @Override
    public <Q extends Message, R extends Message> Responses<R> requestAll(
            MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options) {
        checkPresent(method, topic, request, options);
        return multi.request(targets.multi(method, topic), request, options);
    }

    @Override
    public <Q extends Message, R extends Message> CompletableFuture<List<Response<R>>> requestAllAsync(
            MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options, Consumer<Response<R>> each) {
        checkPresent(method, topic, request, options);
        Objects.requireNonNull(each, "each");
        return orFailed(() -> multi.requestAsync(targets.multi(method, topic), request, options, each));
    }

    @Override
    public <R extends Message> Subscription<R> subscribe(
            MethodDefinition<?, R> method, Topic topic, SubscriptionOptions options) {
        checkPresent(method, topic, options);
        checkOpen();
        return subscriptions.subscribe(method, topic, options, this.options.startTimeout());
    }

    @Override
    public <R extends Message> CompletableFuture<Registration> subscribeAsync(
            MethodDefinition<?, R> method, Topic topic, SubscriptionOptions options, SubscriptionListener<R> listener) {
        checkPresent(method, topic, options);
        Objects.requireNonNull(listener, "listener");
        return orFailed(() -> {
            checkOpen();
            return subscriptions.subscribeAsync(method, topic, options, listener, this.options.startTimeout());
        });
    }

    private static void checkPresent(MethodDefinition<?, ?> method, Topic topic, Message request, CallOptions options) {
        Objects.requireNonNull(request, "request");
        checkPresent(method, topic, options);
    }

    /** Before anything has begun: what is null here would be a riddle further in. */
    private static void checkPresent(MethodDefinition<?, ?> method, Topic topic, Object options) {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(options, "options");
    }

    /** Whoever gets a future looks for every failure there, those that come up before it starts too. */
    private static <T> CompletableFuture<T> orFailed(Supplier<CompletableFuture<T>> start) {
        try {
            return start.get();
        } catch (PsrpcException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw closedError();
        }
    }

    PsrpcException closedError() {
        return ApiAccess.get().local(ErrorCode.CANCELED, "client is closed", null, null);
    }

    /** False: the client is closed, and the call must not start. */
    boolean admit(PendingCall call) {
        calls.put(call.requestId, call);
        if (closed) {
            calls.remove(call.requestId);
            return false;
        }
        return true;
    }

    void forget(PendingCall call) {
        calls.remove(call.requestId);
    }

    /** A bid or an answer that did not count. */
    void ignored(boolean isOverLimit, String detail) {
        bus.drops().dropped(isOverLimit ? DropReason.OVER_LIMIT : DropReason.DUPLICATE, detail);
    }

    void received(BidMessage bid) {
        PendingCall call = calls.get(bid.requestId());
        if (call != null) {
            call.onBid(bid);
        } else {
            bus.drops().dropped(DropReason.NO_LISTENER, "bid for a call that has ended");
        }
    }

    void received(ResponseMessage response) {
        PendingCall call = calls.get(response.requestId());
        if (call != null) {
            call.onResponse(response);
        } else {
            bus.drops().dropped(DropReason.NO_LISTENER, "response to a call that has ended");
        }
    }

    /** Tells the servers who runs the request. */
    void publishGrant(UnaryCall call, String serverId) {
        notices.grant(call, serverId);
    }

    /** Tells the servers that nobody does. */
    void releaseBidders(UnaryCall call) {
        notices.release(call);
    }

    void notifyObservers(Consumer<ClientObserver> event) {
        notices.notifyObservers(event);
    }

    /** False: there is nobody to make an event for. */
    boolean hasObservers() {
        return notices.hasObservers();
    }

    @Override
    public Inventory inventory() {
        return new Inventory(calls.size(), 0, 0, 0, 0);
    }

    @Override
    public List<String> holdings() {
        List<String> all = new ArrayList<>();
        all.add("client " + clientId + " of " + service);
        calls.values().forEach(call -> all.add("call of " + call.target.label() + ", request " + call.requestId));
        return all;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        bus.leave(this);
        for (PendingCall call : calls.values()) {
            call.end(closedError());
        }
        subscriptions.close(closedError());
        if (inbox != null) {
            inbox.close();
        }
    }
}
