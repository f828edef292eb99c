package io.psrpc.internal.local;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A connection to the in-process broker. */
final class LocalTransport implements BusTransport {
    private final LocalExchange exchange;
    private final Set<LocalSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private volatile @Nullable TransportHost host;
    private volatile boolean closed;

    LocalTransport(LocalExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        if (closed) {
            return CompletableFuture.failedStage(closed());
        }
        this.host = host;
        host.stateChanged(new BusState(BusState.Status.CONNECTED, host.time().now(), "in this process"));
        return CompletableFuture.completedStage(null);
    }

    @Override
    public String address(BusChannel channel) {
        return channel.flat();
    }

    @Override
    public boolean sharesAddresses() {
        return false;
    }

    /** As large as arrays get. */
    @Override
    public int maxFrameBytes() {
        return Integer.MAX_VALUE - 64;
    }

    /** Of connections that are subscribed to the address in whatever way, as Redis has it: a group's other members count too. */
    @Override
    public ReceiverCount receiverCount() {
        return ReceiverCount.CONNECTIONS;
    }

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        TransportHost started = host;
        if (closed || started == null) {
            listener.onFailed(closed());
        } else {
            exchange.find(frame.address()).post(started, new LocalFrame(started, frame, listener));
        }
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        LocalSubscription subscription = new LocalSubscription(this, address, delivery, listener);
        subscriptions.add(subscription);
        exchange.add(subscription);
        if (closed || host == null) {
            subscription.end();
            return CompletableFuture.failedStage(closed());
        }
        return CompletableFuture.completedStage(subscription);
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(LocalSubscription::end);
    }

    /** For a subscription, which only a started connection can have. */
    void post(String address, LocalAddress.Step step) {
        exchange.find(address).post(Objects.requireNonNull(host), step);
    }

    void forget(LocalSubscription subscription) {
        exchange.remove(subscription);
        subscriptions.remove(subscription);
    }

    private PsrpcException closed() {
        return new PsrpcException(ErrorCode.UNAVAILABLE, closed ? "bus closed" : "bus not started");
    }
}
