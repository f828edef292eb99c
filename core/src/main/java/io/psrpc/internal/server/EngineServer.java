package io.psrpc.internal.server;

import com.google.protobuf.Message;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.IdGenerator;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.internal.bus.Member;
import io.psrpc.internal.bus.NotServedAnswers;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.execution.Waiting;
import io.psrpc.internal.routing.WireReader;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server of one service on one bus: what it serves, and the requests that it has taken. */
public final class EngineServer implements RpcServer, Member {
    private static final System.Logger LOG = System.getLogger("io.psrpc.server");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final EngineBus bus;
    private final ServiceDefinition service;
    private final ServerOptions options;
    private final String serverId;
    private final int number = NUMBERS.incrementAndGet();
    private final Occupancy occupancy;
    private final KnownClients clients;
    private final RequestMemory memory;
    private final Replies replies;
    private final HandlerFailures failures;
    private final ServerNotices notices;
    private final WireReader reader;
    private final NotServedAnswers notServed;
    private final EnginePublisher publisher;
    private final Services served;
    private final @Nullable Executor ownExecutor;
    private final Set<IncomingRequest> taken = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    /** Done when closing need not wait any more. */
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

    private volatile boolean isShutDown;

    private EngineServer(EngineBus bus, ServiceDefinition service, ServerOptions options) {
        this.bus = bus;
        this.service = service;
        this.options = options;
        this.serverId = options.serverId().orElseGet(() -> new IdGenerator(bus.nextSeed()).serverId());
        this.occupancy = new Occupancy(options.maxConcurrentRequests());
        this.clients = KnownClients.of(bus, service.name());
        this.memory = bus.shared(RequestMemory.OF_BUS);
        this.replies = new Replies(bus, serverId, options.timeout());
        this.failures = new HandlerFailures(options);
        this.notices = new ServerNotices(options.observers());
        this.reader = new WireReader(bus.drops(), bus.maxInflatedBytes());
        this.notServed = new NotServedAnswers(bus, service.name());
        this.publisher = new EnginePublisher(bus, service, options.timeout());
        this.ownExecutor = options.executor().orElse(null);
        this.served = new Services(this, service);
    }

    /** A server that serves nothing yet. */
    public static EngineServer create(MessageBus bus, ServiceDefinition service, ServerOptions options) {
        EngineBus engine = (EngineBus) Objects.requireNonNull(bus, "bus");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(options, "options");
        EngineServer server = new EngineServer(engine, service, options);
        engine.join(server);
        return server;
    }

    EngineBus bus() {
        return bus;
    }

    ServerOptions options() {
        return options;
    }

    Occupancy occupancy() {
        return occupancy;
    }

    KnownClients clients() {
        return clients;
    }

    RequestMemory memory() {
        return memory;
    }

    Replies replies() {
        return replies;
    }

    HandlerFailures failures() {
        return failures;
    }

    ServerNotices notices() {
        return notices;
    }

    WireReader reader() {
        return reader;
    }

    NotServedAnswers notServed() {
        return notServed;
    }

    /** Tells the servers of this JVM apart. */
    int number() {
        return number;
    }

    boolean isShutDown() {
        return isShutDown;
    }

    void entered(IncomingRequest request) {
        taken.add(request);
    }

    void left(IncomingRequest request) {
        if (taken.remove(request) && !request.isExcused()) {
            occupancy.leave();
        }
    }

    /** A handler or an affinity function that ends its own server would wait for itself. */
    private void excuseCaller() {
        for (IncomingRequest request : taken) {
            if (request.excuse(Thread.currentThread())) {
                occupancy.leave();
            }
        }
    }

    /** False: there is no room now. */
    boolean tryHandle(Runnable handling) {
        Executor own = ownExecutor;
        if (own == null) {
            return bus.workers().tryHandle(handling);
        }
        try {
            own.execute(handling);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "server " + serverId + ": its executor failed", e);
            return false;
        }
    }

    @Override
    public String serverId() {
        return serverId;
    }

    @Override
    public Registration register(Binding... bindings) {
        for (Binding binding : Objects.requireNonNull(bindings, "bindings")) {
            Objects.requireNonNull(binding, "binding");
        }
        return served.register(List.of(bindings));
    }

    @Override
    public <R extends Message> void publish(MethodDefinition<?, R> method, Topic topic, R update) {
        publisher.publish(method, topic, update);
    }

    @Override
    public <R extends Message> CompletableFuture<Void> publishAsync(
            MethodDefinition<?, R> method, Topic topic, R update) {
        return publisher.publishAsync(method, topic, update);
    }

    @Override
    public boolean drain(Duration limit) {
        Objects.requireNonNull(limit, "limit");
        Waiting.checkMayBlock("draining server " + serverId + " of " + service.name());
        excuseCaller();
        return Waiting.await(draining(limit));
    }

    /** True when everything has ended, false when the time is up. */
    private CompletableFuture<Boolean> draining(Duration limit) {
        CompletableFuture<Void> stopped = served.stopRequests();
        CompletableFuture<Boolean> drained = new CompletableFuture<>();
        var timer = bus.time().schedule(limit, () -> drained.complete(false));
        stopped.thenCompose(none -> CompletableFuture.allOf(occupancy.close(), served.stopGrantsWhenDecided()))
                .whenComplete((done, failure) -> drained.complete(failure == null));
        drained.whenComplete((done, failure) -> timer.cancel());
        return drained;
    }

    @Override
    public boolean beginClosing() {
        // Before anyone waits: a bus closes all its servers before it waits for the first.
        excuseCaller();
        if (closing.compareAndSet(false, true)) {
            draining(options.drainTimeout()).thenAccept(closed::complete);
        }
        return true;
    }

    @Override
    public void shutdownNow() {
        closing.set(true);
        isShutDown = true;
        occupancy.close();
        served.stopRequests();
        served.abandonClaims();
        taken.forEach(IncomingRequest::interrupt);
        publisher.close();
        bus.leave(this);
        closed.complete(false);
    }

    @Override
    public void close() {
        if (isShutDown) {
            return;
        }
        beginClosing();
        if (!EngineThread.isCurrent()) {
            awaitClosed();
        }
        shutdownNow();
    }

    private void awaitClosed() {
        try {
            Waiting.await(closed);
        } catch (PsrpcException interrupted) {
            // The flag is set again. Whoever waits no longer wants it ended all the same.
            LOG.log(System.Logger.Level.DEBUG, "closing server {0}: interrupted, so it is shut down", serverId);
        }
    }

    @Override
    public Inventory inventory() {
        return new Inventory(0, served.openClaims(), taken.size(), 0, 0);
    }

    @Override
    public List<String> holdings() {
        List<String> all = new ArrayList<>();
        all.add("server " + serverId + " of " + service.name());
        taken.forEach(request -> all.add(request.toString()));
        return all;
    }
}
