package io.psrpc.internal.routing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.wire.Envelope;
import io.psrpc.internal.wire.MalformedFrameException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** One broker subscription, and the channels whose envelopes come through it. */
final class Route implements FrameListener {
    /**
     * The key of those who listen to an address, whatever the keys in its frames. Where nothing shares an address, that is everyone:
     * some peers write a key, some do not.
     */
    private static final String WHOLE_ADDRESS = "";

    /** A listener of one of the channels. */
    record Seat(String key, ChannelListener listener) {}

    private final RouteHome home;
    private final String address;
    private final Delivery delivery;
    /** Frames that another member has handed on come by an address of their own. */
    private final boolean handedOn;

    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    /** Guards changes of {@link #channels} too. */
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private int size;

    @GuardedBy("lock")
    private boolean ended;

    private final CompletableFuture<TransportSubscription> subscribed = new CompletableFuture<>();
    private final CompletableFuture<Void> unsubscribed = new CompletableFuture<>();

    Route(RouteHome home, String address, Delivery delivery, boolean handedOn) {
        this.home = home;
        this.address = address;
        this.delivery = delivery;
        this.handedOn = handedOn;
    }

    /** False: this route is ending, and a new one is needed. */
    boolean add(Seat seat) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            channels.computeIfAbsent(seat.key(), k -> new Channel(delivery, home.executor(), this::unclaimed))
                    .add(seat.listener());
            size++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Done when the broker has confirmed. */
    CompletableFuture<TransportSubscription> subscribed() {
        return subscribed;
    }

    /** Done when the broker has confirmed the end. */
    CompletableFuture<Void> unsubscribed() {
        return unsubscribed;
    }

    /** True: these are the last; they stay until the broker has confirmed. */
    boolean leave(List<Seat> leaving) {
        lock.lock();
        try {
            size -= leaving.size();
            if (size == 0) {
                ended = true;
                return true;
            }
            for (Seat seat : leaving) {
                forget(seat);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void forget(Seat seat) {
        Channel channel = channels.get(seat.key());
        if (channel != null && channel.remove(seat.listener()) && channel.isEmpty()) {
            channels.remove(seat.key());
        }
    }

    /** True: the last one has left, or is leaving. */
    boolean isEnding() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the broker's subscription; {@code forget} runs before anyone hears that it has ended. */
    void unsubscribe(Runnable forget) {
        subscribed.whenComplete((subscription, failure) -> {
            if (failure != null) {
                finished(forget);
            } else {
                EngineThread.whenComplete(subscription.unsubscribe(), (done, ignored) -> finished(forget));
            }
        });
    }

    /** What is still being read, off the reader's thread, was on its way, too. */
    private void finished(Runnable forget) {
        CompletableFuture.allOf(
                        channels.values().stream().map(Channel::whenDelivered).toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> {
                    channels.clear();
                    forget.run();
                    unsubscribed.complete(null);
                });
    }

    @Override
    public void onFrame(byte[] frame, Turn turn) {
        home.received().increment();
        EngineThread mark = EngineThread.enter();
        try {
            receive(frame, turn);
        } catch (RuntimeException e) {
            home.drops().dropped(DropReason.LISTENER_FAILED, address + ": " + e);
        } finally {
            mark.exit();
        }
    }

    private void receive(byte[] frame, Turn turn) {
        Envelope envelope;
        try {
            envelope = Envelope.read(frame);
        } catch (MalformedFrameException e) {
            home.drops().dropped(DropReason.MALFORMED, address + ": " + e.getMessage());
            turn.pass();
            return;
        }
        Arrival arrival = new Arrival(frame, envelope, turn, home.nanoTime(), handedOn);
        Channel own = channels.get(envelope.channel());
        Channel whole = channels.get(WHOLE_ADDRESS);
        if (own != null) {
            own.deliver(arrival);
        }
        if (whole != null && whole != own && (own == null || delivery == Delivery.EVERY_SUBSCRIBER)) {
            whole.deliver(arrival);
        }
        if (own == null && whole == null) {
            unclaimed(arrival);
        }
    }

    private void unclaimed(Arrival arrival) {
        if (delivery == Delivery.ONE_OF_GROUP) {
            notServed(arrival);
        } else {
            home.drops().dropped(DropReason.NO_LISTENER, address);
        }
    }

    /** Another member may serve it: handed on once, to those who do. What is not for a group alone is not missed here. */
    private void notServed(Arrival arrival) {
        if (arrival.handedOn()) {
            arrival.turn().pass();
            servedByNobody(arrival);
            return;
        }
        String keyName = home.keyName(address, arrival.envelope().channel());
        if (keyName == null) {
            arrival.turn().pass();
            home.drops().dropped(DropReason.NO_LISTENER, address);
        } else {
            HandOn.handOn(home.outbox(), keyName, arrival.toInbound(1), home.nanoTime(), () -> servedByNobody(arrival));
        }
    }

    private void servedByNobody(Arrival arrival) {
        home.drops()
                .dropped(
                        DropReason.NOT_SERVED,
                        address + " " + arrival.envelope().channel());
        for (Channel channel : channels.values()) {
            ChannelListener listener = channel.any();
            if (listener != null) {
                listener.onNotServed(arrival.toInbound(1));
                return;
            }
        }
    }

    @Override
    public void onGap() {
        EngineThread mark = EngineThread.enter();
        try {
            channels.values().forEach(Channel::gap);
        } finally {
            mark.exit();
        }
    }
}
