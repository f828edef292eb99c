package io.psrpc.testing.transports;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What both brokers have: connections, subscriptions, and what a test may do to them. Safe for use from any thread. */
public abstract class FakeBroker {
    private final String name;
    private final Dispatch dispatch;
    private final Map<String, List<FakeSubscription>> subscriptions = new ConcurrentHashMap<>();
    private final Map<String, Integer> published = new ConcurrentHashMap<>();
    private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger toLose = new AtomicInteger();
    private final HeldAnswers heldAnswers = new HeldAnswers();
    private volatile boolean isHoldingConfirmations;
    private volatile Consumer<OutgoingFrame> observer = frame -> {};
    private volatile Predicate<String> refusal = address -> false;
    private volatile int maxFrameBytes = 1 << 20;

    FakeBroker(String name, Dispatch dispatch) {
        this.name = name;
        this.dispatch = dispatch;
    }

    abstract String address(BusChannel channel);

    abstract @Nullable String keyAddress(BusChannel channel);

    abstract boolean sharesAddresses();

    abstract ReceiverCount receiverCount();

    /** The longest address that a connection may send; a longer one costs the connection. */
    int maxAddressBytes() {
        return Integer.MAX_VALUE;
    }

    /** Delivers, and answers the publisher. */
    abstract void route(
            FakeConnection from, OutgoingFrame frame, List<FakeSubscription> subscribers, PublishListener listener);

    /** A new connection, for one bus. */
    public FakeConnection connect() {
        FakeConnection connection = new FakeConnection(this, name + " " + connected.incrementAndGet(), dispatch);
        connections.add(connection);
        return connection;
    }

    /** Those that are not closed, in the order in which they were made. */
    public List<FakeConnection> connections() {
        return List.copyOf(connections);
    }

    /** How many frames have been published to an address, lost ones too. */
    public int published(String address) {
        return published.getOrDefault(address, 0);
    }

    /** How many frames have been published to addresses of which {@code which} is true. */
    public int published(Predicate<String> which) {
        return published.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** The addresses that have subscribers. */
    public List<String> subscribedAddresses() {
        return subscriptions.keySet().stream().sorted().toList();
    }

    /** How many subscriptions of connections an address has, of either delivery. */
    public int subscribers(String address) {
        return subscriptions.getOrDefault(address, List.of()).size();
    }

    /** Shows every frame that is published from now on, before it goes anywhere; {@code observer} must leave its bytes alone. */
    public void observe(Consumer<OutgoingFrame> observer) {
        this.observer = observer;
    }

    /** Loses the next {@code frames}: published, and delivered to nobody. */
    public void loseNext(int frames) {
        toLose.set(frames);
    }

    /** Denies publishing and subscribing to addresses of which {@code which} is true. */
    public void refuse(Predicate<String> which) {
        refusal = which;
    }

    /** The largest frame, in bytes. Default 1 MiB. */
    public void maxFrameBytes(int bytes) {
        maxFrameBytes = bytes;
    }

    /** True: subscriptions take effect and are confirmed only through {@link #heldAnswers}. */
    public void holdConfirmations(boolean hold) {
        isHoldingConfirmations = hold;
    }

    /** The answers that wait for the test to give them. */
    public HeldAnswers heldAnswers() {
        return heldAnswers;
    }

    /** Loses all connections. */
    public void disconnectAll() {
        connections.forEach(FakeConnection::disconnect);
    }

    /** Has all connections back. */
    public void reconnectAll() {
        connections.forEach(FakeConnection::reconnect);
    }

    int maxFrameBytes() {
        return maxFrameBytes;
    }

    /** Whether a connection survives it. */
    boolean fits(String address) {
        return address.getBytes(StandardCharsets.UTF_8).length <= maxAddressBytes();
    }

    boolean refuses(String address) {
        return refusal.test(address);
    }

    void publish(FakeConnection from, OutgoingFrame frame, PublishListener listener) {
        if (!fits(frame.address())) {
            from.disconnect();
            listener.onFailed(from.notConnected());
            return;
        }
        published.merge(frame.address(), 1, Integer::sum);
        observer.accept(frame);
        route(from, frame, subscriptions.getOrDefault(frame.address(), List.of()), listener);
    }

    /** Whether this frame is one of those to lose. */
    boolean isLost() {
        return toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    void subscribe(String address, FakeSubscription subscription, Runnable confirm) {
        if (!fits(address)) {
            subscription.connection.disconnect();
            return;
        }
        Runnable effect = () -> {
            subscriptions
                    .computeIfAbsent(address, key -> new CopyOnWriteArrayList<>())
                    .add(subscription);
            subscription.connection.answer(confirm);
        };
        if (isHoldingConfirmations) {
            heldAnswers.add(subscription.connection, effect, failure -> {});
        } else {
            effect.run();
        }
    }

    void unsubscribe(String address, FakeSubscription subscription) {
        subscriptions.computeIfPresent(address, (key, list) -> {
            list.remove(subscription);
            return list.isEmpty() ? null : list;
        });
    }

    List<FakeSubscription> subscriptionsOf(FakeConnection connection) {
        return subscriptions.values().stream()
                .flatMap(List::stream)
                .filter(subscription -> subscription.connection == connection)
                .toList();
    }

    void forget(FakeConnection connection) {
        connections.remove(connection);
        subscriptions
                .keySet()
                .forEach(address -> subscriptions.computeIfPresent(address, (key, list) -> {
                    list.removeIf(subscription -> subscription.connection == connection);
                    return list.isEmpty() ? null : list;
                }));
    }
}
