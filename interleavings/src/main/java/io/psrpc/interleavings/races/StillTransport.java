package io.psrpc.interleavings.races;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Delivers what a race hands in, and keeps what the engine publishes. What became of a frame whose receivers are wanted is for the race
 * to say; every other is published at once. Subscriptions begin and end when the executor runs their confirmation.
 */
final class StillTransport implements BusTransport {
    final List<OutgoingFrame> published = new CopyOnWriteArrayList<>();
    private final List<PublishListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, StillSubscription> subscribed = new ConcurrentHashMap<>();
    private final List<String> addresses = new CopyOnWriteArrayList<>();
    private final Executor confirmations;

    StillTransport(Executor confirmations) {
        this.confirmations = confirmations;
    }

    /** As the broker's reader does. Nothing happens where nobody is subscribed. */
    void deliver(String address, byte[] frame, Turn turn) {
        deliver(address, listener -> listener.onFrame(frame, turn));
    }

    /** The connection was away. */
    void gap(String address) {
        deliver(address, FrameListener::onGap);
    }

    private void deliver(String address, Consumer<FrameListener> delivery) {
        StillSubscription subscription = subscribed.get(address);
        if (subscription != null) {
            subscription.deliver(delivery);
        }
    }

    PublishListener firstListener() {
        return listeners.get(0);
    }

    int subscriptions() {
        return subscribed.size();
    }

    /** Returns when so many frames have been published. */
    void awaitPublished(int frames) throws InterruptedException {
        synchronized (listeners) {
            while (listeners.size() < frames) {
                listeners.wait();
            }
        }
    }

    /** Where the last subscription was made. */
    String lastAddress() {
        return addresses.get(addresses.size() - 1);
    }

    @Override
    public String name() {
        return "still";
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public String address(BusChannel channel) {
        return channel.flat();
    }

    @Override
    public boolean sharesAddresses() {
        return false;
    }

    @Override
    public int maxFrameBytes() {
        return 1 << 20;
    }

    @Override
    public ReceiverCount receiverCount() {
        return ReceiverCount.CONNECTIONS;
    }

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        published.add(frame);
        synchronized (listeners) {
            listeners.add(listener);
            listeners.notifyAll();
        }
        if (!frame.wantsReceivers()) {
            listener.onPublished(PublishListener.UNKNOWN);
        }
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        StillSubscription subscription = new StillSubscription(listener, () -> subscribed.remove(address));
        if (subscribed.putIfAbsent(address, subscription) != null) {
            throw new AssertionError("subscribed to a second time: " + address);
        }
        addresses.add(address);
        CompletableFuture<TransportSubscription> confirmed = new CompletableFuture<>();
        confirmations.execute(() -> confirmed.complete(() -> {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            confirmations.execute(() -> subscription.unsubscribe().thenRun(() -> ended.complete(null)));
            return ended;
        }));
        return confirmed;
    }

    @Override
    public void close() {}
}
