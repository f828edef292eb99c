package io.psrpc.internal.local;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A connection's subscription to an address. */
final class LocalSubscription implements TransportSubscription {
    private static final System.Logger LOG = System.getLogger(LocalSubscription.class.getName());

    private final LocalTransport connection;
    private final String address;
    private final Delivery delivery;
    private final FrameListener listener;
    private final AtomicBoolean isEnding = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean isActive = true;

    LocalSubscription(LocalTransport connection, String address, Delivery delivery, FrameListener listener) {
        this.connection = connection;
        this.address = address;
        this.delivery = delivery;
        this.listener = listener;
    }

    LocalTransport connection() {
        return connection;
    }

    String address() {
        return address;
    }

    Delivery delivery() {
        return delivery;
    }

    boolean isActive() {
        return isActive;
    }

    /** What the listener throws is logged and is no one else's business. */
    void deliver(byte[] frame, Turn turn) {
        if (!isActive) {
            return;
        }
        try {
            listener.onFrame(frame, turn);
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "A frame listener of " + address + " failed", failure);
        }
    }

    /** The end takes its turn among the frames of the address, so that those before it are delivered. */
    @Override
    public CompletionStage<Void> unsubscribe() {
        if (isEnding.compareAndSet(false, true)) {
            connection.post(address, at -> end());
        }
        return ended.minimalCompletionStage();
    }

    /** At once: nothing is delivered from now on. */
    void end() {
        isActive = false;
        connection.forget(this);
        ended.complete(null);
    }
}
