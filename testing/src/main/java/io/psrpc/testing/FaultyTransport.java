package io.psrpc.testing;

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
import io.psrpc.testing.Faults.Fate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A transport whose frames meet the fates that its {@link Faults} draw. */
final class FaultyTransport implements BusTransport {
    private final BusTransport transport;
    private final Faults faults;
    private final List<FaultyListener> listeners = new CopyOnWriteArrayList<>();
    private final Set<DelayedFrame> delayed = ConcurrentHashMap.newKeySet();
    /** Not done while disconnected. */
    private final AtomicReference<CompletableFuture<@Nullable Void>> connected =
            new AtomicReference<>(CompletableFuture.completedFuture(null));

    private volatile @Nullable TransportHost host;

    FaultyTransport(BusTransport transport, Faults faults) {
        this.transport = Objects.requireNonNull(transport, "transport");
        this.faults = faults;
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        this.host = host;
        CompletableFuture<@Nullable Void> up = connected.get();
        return transport.start(host).thenCompose(started -> up);
    }

    @Override
    public String address(BusChannel channel) {
        return transport.address(channel);
    }

    @Override
    public @Nullable String keyAddress(BusChannel channel) {
        return transport.keyAddress(channel);
    }

    @Override
    public boolean sharesAddresses() {
        return transport.sharesAddresses();
    }

    @Override
    public int maxFrameBytes() {
        return transport.maxFrameBytes();
    }

    @Override
    public ReceiverCount receiverCount() {
        return transport.receiverCount();
    }

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        Fate fate = faults.draw(frame, isConnected());
        switch (fate.outcome()) {
            case PASSED -> transport.publish(frame, listener);
            case DUPLICATED -> {
                faults.makeDouble(frame.bytes());
                transport.publish(frame, listener);
            }
            case DELAYED -> publishLater(fate.delay(), frame, listener);
            case DROPPED -> listener.onPublished(PublishListener.UNKNOWN);
            case FAILED -> listener.onFailed(ErrorCode.INTERNAL.error("%s: publish failed on purpose", name()));
            case DISCONNECTED -> listener.onFailed(notConnected());
        }
    }

    private void publishLater(Duration delay, OutgoingFrame frame, PublishListener listener) {
        DelayedFrame late = new DelayedFrame(delay, frame, listener);
        delayed.add(late);
        late.schedule(host().time(), () -> {
            delayed.remove(late);
            if (isConnected()) {
                late.publish(transport);
            } else {
                late.fail(notConnected());
            }
        });
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        FaultyListener faulty = new FaultyListener(this, faults, listener);
        listeners.add(faulty);
        return transport
                .subscribe(address, delivery, faulty)
                .thenCombine(connected.get(), (subscription, nothing) -> () -> {
                    listeners.remove(faulty);
                    return subscription.unsubscribe().thenCompose(done -> faulty.whenIdle());
                });
    }

    boolean isConnected() {
        return connected.get().isDone();
    }

    PsrpcException notConnected() {
        return ErrorCode.UNAVAILABLE.error("%s: not connected", name());
    }

    void disconnect() {
        CompletableFuture<@Nullable Void> current = connected.get();
        if (current.isDone() && connected.compareAndSet(current, new CompletableFuture<>())) {
            tell(BusState.Status.DISCONNECTED);
        }
    }

    void reconnect() {
        if (connected.get().complete(null)) {
            tell(BusState.Status.CONNECTED);
            listeners.forEach(FaultyListener::onGap);
        }
    }

    private void tell(BusState.Status status) {
        TransportHost told = host;
        if (told != null) {
            told.stateChanged(new BusState(status, told.time().now(), "on purpose"));
        }
    }

    private TransportHost host() {
        return Objects.requireNonNull(host, "host");
    }

    @Override
    public void close() {
        faults.forget(this);
        transport.close();
        for (DelayedFrame late : List.copyOf(delayed)) {
            if (delayed.remove(late) && late.cancel()) {
                late.fail(notConnected());
            }
        }
    }
}
