package io.psrpc.internal.bus;

import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusStats;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.bus.MessageBus;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.TransportHost;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.execution.Waiting;
import io.psrpc.internal.execution.Workers;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.Carrier;
import io.psrpc.internal.routing.DropCounter;
import io.psrpc.internal.routing.Drops;
import io.psrpc.internal.routing.Outbox;
import io.psrpc.internal.routing.RouteHome;
import io.psrpc.internal.routing.Routes;
import io.psrpc.internal.subscription.OpenFeeds;
import io.psrpc.internal.subscription.UpdateChannel;
import io.psrpc.internal.subscription.Updates;
import io.psrpc.internal.time.TimerWheel;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.EnvelopeWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The one implementation of a bus: owns the timer, the executors and the routes that everything on it shares. */
public final class EngineBus implements MessageBus, Carrier {
    private static final System.Logger LOG = System.getLogger("io.psrpc.bus");
    private static final Duration START_LIMIT = Duration.ofSeconds(10);

    private final BusTransport transport;
    private final BusOptions options;
    private final Timekeeper time;
    private final Workers workers;
    private final Drops drops;
    private final Outbox outbox;
    private final Routes routes;
    private final EnvelopeWriter writer;
    private final ConnectionState state;
    private final Seeds seeds;
    private final Map<Shared<?>, Object> shared = new ConcurrentHashMap<>();
    private final ClockSkew skew = new ClockSkew();
    private final LongAdder received = new LongAdder();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final OpenFeeds subscriptions = new OpenFeeds();
    private final Set<Member> members = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Duration lastRoundTrip;

    private EngineBus(BusTransport transport, BusOptions options) {
        this.transport = transport;
        this.options = options;
        this.time = options.time().orElseGet(TimerWheel::new);
        this.workers = Workers.create(options.executor().orElse(null));
        this.drops = new Drops(transport.name(), time::nanoTime);
        this.outbox = new Outbox(transport, options.maxPendingBytes());
        this.writer = new EnvelopeWriter(options.compressAbove().orElse(0));
        this.state = new ConnectionState(time.now(), workers.callbacks());
        this.seeds = new Seeds(options.randomSeed());
        this.routes = new Routes(transport, new Home(), connected);
    }

    /** A bus over {@code transport}, connecting. */
    public static EngineBus start(BusTransport transport, BusOptions options) {
        TransportsInUse.add(transport);
        EngineBus bus = new EngineBus(transport, options);
        try {
            EngineThread.whenComplete(transport.start(bus.new Host()), (done, failure) -> bus.started(failure));
        } catch (RuntimeException e) {
            bus.started(e);
        }
        return bus;
    }

    private void started(@Nullable Throwable failure) {
        if (failure == null) {
            if (state.current().status() == BusState.Status.CONNECTING) {
                state.change(new BusState(BusState.Status.CONNECTED, time.now(), transport.name()));
            }
            connected.complete(null);
        } else {
            PsrpcException reason = new PsrpcException(
                    ErrorCode.UNAVAILABLE, transport.name() + ": no connection: " + failure.getMessage(), failure);
            state.change(new BusState(BusState.Status.CLOSED, time.now(), String.valueOf(failure.getMessage())));
            connected.completeExceptionally(reason);
            workers.callbacks().execute(this::close);
        }
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public Timekeeper time() {
        return time;
    }

    /** Wall-clock time as it stands on the wire: Unix time in nanoseconds. */
    public long epochNanos() {
        Instant now = time.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public Workers workers() {
        return workers;
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Routes routes() {
        return routes;
    }

    /** Writes envelopes as this bus is set up. */
    public EnvelopeWriter writer() {
        return writer;
    }

    @Override
    public DropCounter drops() {
        return drops;
    }

    /** The bus's one {@code what}. */
    @SuppressWarnings("unchecked") // a key is mapped to what it makes, and to nothing else
    public <T> T shared(Shared<T> what) {
        return (T) shared.computeIfAbsent(what, key -> what.make(this));
    }

    /** How far senders' clocks are from ours. */
    public ClockSkew skew() {
        return skew;
    }

    /** A seed for one more generator of ids. */
    public long nextSeed() {
        return seeds.next();
    }

    /** The channel as this bus's broker names it. */
    public Address address(BusChannel channel) {
        return Address.of(transport, channel);
    }

    /** True: subjects are shared, and ids are tokens of them. */
    public boolean sharesAddresses() {
        return transport.sharesAddresses();
    }

    /** True: a count of receivers means something now. */
    public boolean countsReceivers() {
        return transport.receiverCount() != ReceiverCount.UNKNOWN;
    }

    @Override
    public int maxInflatedBytes() {
        return options.maxInflatedBytes();
    }

    /** The largest frame that goes through now. */
    public int maxFrameBytes() {
        return transport.maxFrameBytes();
    }

    /** A client or server has come. Fails when the bus is closed. */
    public void join(Member member) {
        members.add(member);
        if (closed.get()) {
            members.remove(member);
            throw busIsClosed();
        }
    }

    /** Fails when the bus is closed. */
    public void checkOpen() {
        if (closed.get()) {
            throw busIsClosed();
        }
    }

    private static PsrpcException busIsClosed() {
        return ErrorCode.CANCELED.error("bus is closed");
    }

    /** Returns when the transport has connected for the first time. Fails when the bus is closed. */
    public void awaitConnection(String who, Duration limit) {
        checkOpen();
        if (!connected.isDone()) {
            Waiting.checkMayBlock("creating a " + who);
        }
        Waiting.await(Waiting.orUnavailable(
                connected, time, limit, () -> who + ": not connected to " + name() + " within " + limit));
    }

    /** It has gone. */
    public void leave(Member member) {
        members.remove(member);
    }

    /** What the bus and everything on it hold. */
    public Inventory inventory() {
        int timers = time instanceof TimerWheel wheel ? wheel.pending() : 0;
        Inventory total = new Inventory(0, 0, 0, routes.size(), timers);
        for (Member member : members) {
            total = total.plus(member.inventory());
        }
        return total;
    }

    /** What the {@link #inventory} counts, a line each. */
    public List<String> holdings() {
        List<String> all = new ArrayList<>();
        members.forEach(member -> all.addAll(member.holdings()));
        routes.addresses().forEach(address -> all.add("subscription to " + address));
        return all;
    }

    @Override
    public BusState state() {
        return state.current();
    }

    @Override
    public Registration onState(Consumer<BusState> listener) {
        return state.listen(listener);
    }

    @Override
    public BusStats stats() {
        return new BusStats(
                outbox.publishedFrames(),
                received.sum(),
                drops.snapshot(),
                state.reconnects(),
                routes.size(),
                outbox.pendingFrames(),
                outbox.pendingBytes(),
                skew.largest(),
                Optional.ofNullable(lastRoundTrip));
    }

    @Override
    public CompletableFuture<Void> publish(BusChannel channel, Message message) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(message, "message");
        if (closed.get()) {
            return CompletableFuture.failedFuture(busIsClosed());
        }
        // Whoever subscribes may do so as one of a group, so equal messages must differ.
        byte[] frame = writer.update(address(channel).key(), message, Updates.nonce(nextSeed()));
        return Updates.publish(this, address(channel), frame, START_LIMIT);
    }

    @Override
    public <T extends Message> Subscription<T> subscribe(BusChannel channel, T prototype, SubscriptionOptions options) {
        return subscribe(channel, Delivery.EVERY_SUBSCRIBER, prototype, options);
    }

    @Override
    public <T extends Message> Subscription<T> subscribeQueue(
            BusChannel channel, T prototype, SubscriptionOptions options) {
        return subscribe(channel, Delivery.ONE_OF_GROUP, prototype, options);
    }

    private <T extends Message> Subscription<T> subscribe(
            BusChannel channel, Delivery delivery, T prototype, SubscriptionOptions options) {
        Objects.requireNonNull(channel, "channel");
        Objects.requireNonNull(prototype, "prototype");
        Objects.requireNonNull(options, "options");
        checkOpen();
        UpdateChannel channelOf = UpdateChannel.alone(channel.flat(), address(channel), delivery);
        return Updates.subscribe(this, channelOf, subscriptions, prototype, options, START_LIMIT);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // Handlers that are waited for may be calling through the clients.
        members.stream().filter(Member::beginClosing).toList().forEach(Member::close);
        members.forEach(Member::close);
        members.clear();
        subscriptions.close(busIsClosed());
        try {
            transport.close();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, transport.name() + ": close failed", e);
        }
        TransportsInUse.remove(transport);
        connected.completeExceptionally(busIsClosed());
        state.change(new BusState(BusState.Status.CLOSED, time.now(), "closed"));
        if (time instanceof TimerWheel wheel && options.time().isEmpty()) {
            wheel.close();
        }
        workers.close();
    }

    /** What the routes see of this bus. */
    private final class Home implements RouteHome {
        @Override
        public DropCounter drops() {
            return drops;
        }

        @Override
        public LongAdder received() {
            return received;
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public Executor executor() {
            return workers.callbacks();
        }

        @Override
        public Outbox outbox() {
            return outbox;
        }

        @Override
        public @Nullable String keyName(String address, String key) {
            return ChannelNames.isRequestKey(key) ? transport.keyAddress(new BusChannel("", address, key)) : null;
        }
    }

    /** What the transport sees of this bus. */
    private final class Host implements TransportHost {
        @Override
        public Timekeeper time() {
            return time;
        }

        @Override
        public Executor executor() {
            return workers.callbacks();
        }

        @Override
        public void stateChanged(BusState next) {
            EngineThread.run(() -> state.change(next));
            if (next.status() == BusState.Status.CLOSED && !closed.get()) {
                workers.callbacks().execute(EngineBus.this::close);
            }
        }

        @Override
        public void roundTrip(Duration took) {
            lastRoundTrip = took;
        }
    }
}
