package com.example.transport;

import com.example.transport.Packet.Kind;
import io.psrpc.ErrorCode;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries a bus over a {@link TcpBroker}. One connection at a time: a {@link Link}. When it is lost, what was unanswered fails, and
 * another one is tried until the broker is back; subscriptions survive.
 */
public final class TcpTransport implements BusTransport {
    private static final int MAX_ADDRESS_BYTES = 60_000;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final InetSocketAddress broker;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, TcpSubscription> subscriptions = new ConcurrentHashMap<>();
    private TransportHost host;
    /** Null between two connections. Changed, and used to subscribe, under this object's monitor. */
    private volatile Link link;

    private volatile boolean isClosed;

    /** To {@code broker}, which it connects to when it is started. */
    public TcpTransport(InetSocketAddress broker) {
        this.broker = broker;
    }

    @Override
    public String name() {
        return "tcp " + broker.getPort();
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
        return Packet.MAX_FRAME_BYTES;
    }

    @Override
    public ReceiverCount receiverCount() {
        return ReceiverCount.CONNECTIONS;
    }

    // Connecting

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        this.host = host;
        host.executor().execute(this::connect);
        return started;
    }

    /** On the host's executor: connecting blocks. */
    private void connect() {
        if (isClosed) {
            return;
        }
        Socket socket = new Socket();
        try {
            socket.connect(broker, 1_000);
            new Link(this, socket).start();
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException why) {
        if (!started.completeExceptionally(why)) {
            tryAgain();
        }
    }

    private void tryAgain() {
        if (!isClosed) {
            host.time().schedule(BETWEEN_TRIES, () -> host.executor().execute(this::connect));
        }
    }

    /** The broker has said hello: subscribes anew what is subscribed. */
    synchronized void greeted(Link greeting) {
        if (isClosed) {
            greeting.close();
            return;
        }
        link = greeting;
        greeting.awaits(subscriptions.values());
    }

    /** Everything is subscribed again: frames may go. */
    void isUp(Collection<TcpSubscription> back) {
        host.stateChanged(state(BusState.Status.CONNECTED));
        started.complete(null);
        back.forEach(TcpSubscription::isBack);
    }

    /** A connection is gone, and with it what was unanswered. */
    void lost(boolean wasUp) {
        synchronized (this) {
            link = null;
        }
        for (TcpSubscription subscription : List.copyOf(subscriptions.values())) {
            subscription.isGone();
        }
        if (wasUp && !isClosed) {
            host.stateChanged(state(BusState.Status.DISCONNECTED));
        }
        failed(new IOException("the broker hung up"));
    }

    private BusState state(BusState.Status status) {
        return new BusState(status, host.time().now(), name());
    }

    // Publishing

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        Link current = link;
        if (isClosed || current == null || !current.isUp()) {
            listener.onFailed(ErrorCode.UNAVAILABLE.error("%s: not connected", name()));
        } else if (frame.bytes().length > Packet.MAX_FRAME_BYTES) {
            listener.onFailed(ErrorCode.RESOURCE_EXHAUSTED.error("%s: frame too large", name()));
        } else if (isTooLong(frame.address())) {
            listener.onFailed(ErrorCode.INVALID_ARGUMENT.error("%s: address too long", name()));
        } else {
            current.publish(numbers.incrementAndGet(), frame, listener);
        }
    }

    private static boolean isTooLong(String address) {
        return address.getBytes(StandardCharsets.UTF_8).length > MAX_ADDRESS_BYTES;
    }

    boolean isLate(long notAfterNanos) {
        return notAfterNanos != Long.MAX_VALUE && host.time().nanoTime() - notAfterNanos > 0;
    }

    // Subscribing

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        if (isTooLong(address)) {
            return CompletableFuture.failedFuture(ErrorCode.INVALID_ARGUMENT.error("%s: address too long", name()));
        }
        Kind kind = delivery == Delivery.ONE_OF_GROUP ? Kind.JOIN : Kind.SUBSCRIBE;
        Packet asking = Packet.of(kind, numbers.incrementAndGet(), address);
        TcpSubscription subscription = new TcpSubscription(this, asking, listener);
        synchronized (this) {
            if (isClosed) {
                return CompletableFuture.failedFuture(ErrorCode.UNAVAILABLE.error("%s: closed", name()));
            }
            subscriptions.put(asking.number(), subscription);
            if (link != null) {
                link.send(asking);
            }
        }
        return subscription.confirmed();
    }

    /** Asks for the end; without a connection there is nobody to ask. */
    void unsubscribe(TcpSubscription subscription) {
        synchronized (this) {
            if (link != null && !isClosed) {
                link.send(Packet.of(Kind.UNSUBSCRIBE, subscription.number()));
                return;
            }
        }
        subscription.hasEnded();
    }

    TcpSubscription subscription(int number) {
        return subscriptions.get(number);
    }

    void forget(TcpSubscription subscription) {
        subscriptions.remove(subscription.number());
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        Link last;
        synchronized (this) {
            isClosed = true;
            last = link;
        }
        started.completeExceptionally(new IOException("closed"));
        subscriptions.values().forEach(TcpSubscription::hasEnded);
        if (last != null) {
            last.close();
        }
    }
}
