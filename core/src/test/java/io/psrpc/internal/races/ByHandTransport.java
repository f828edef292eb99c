package io.psrpc.internal.races;

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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Delivers what a test hands in, and keeps what the engine publishes. */
final class ByHandTransport implements BusTransport {
    final List<OutgoingFrame> published = new CopyOnWriteArrayList<>();
    final List<PublishListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, FrameListener> subscribed = new ConcurrentHashMap<>();

    /** As the broker's reader does. Nothing happens where nobody is subscribed. */
    void deliver(String address, byte[] frame) {
        FrameListener listener = subscribed.get(address);
        if (listener != null) {
            listener.onFrame(frame, Turn.HELD);
        }
    }

    PublishListener firstListener() {
        return Objects.requireNonNull(listeners.get(0));
    }

    @Override
    public String name() {
        return "by hand";
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

    /** The first frame's count is given by hand, where a test wants to. */
    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        published.add(frame);
        listeners.add(listener);
        if (!frame.wantsReceivers()) {
            listener.onPublished(PublishListener.UNKNOWN);
        }
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        subscribed.put(address, listener);
        return CompletableFuture.completedFuture(() -> {
            subscribed.remove(address);
            return CompletableFuture.completedFuture(null);
        });
    }

    @Override
    public void close() {}
}
