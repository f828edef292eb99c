package io.psrpc.testing.transports;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.Turn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One subscription of one connection. Told from others by identity. */
final class FakeSubscription {
    final FakeConnection connection;
    final Delivery delivery;
    private final FrameListener listener;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    @GuardedBy("this")
    private int deliveries;

    @GuardedBy("this")
    private boolean hasEnded;

    FakeSubscription(FakeConnection connection, Delivery delivery, FrameListener listener) {
        this.connection = connection;
        this.delivery = delivery;
        this.listener = listener;
    }

    boolean isGroup() {
        return delivery == Delivery.ONE_OF_GROUP;
    }

    /** False: it has ended at the broker, which has the frame for others. */
    boolean deliver(byte[] frame, Turn turn) {
        if (!beginDelivery()) {
            return false;
        }
        byte[] copy = frame.clone();
        connection.read(() -> listener.onFrame(copy, turn));
        endDelivery();
        return true;
    }

    private synchronized boolean beginDelivery() {
        if (!hasEnded) {
            deliveries++;
        }
        return !hasEnded;
    }

    private void endDelivery() {
        boolean isLast;
        synchronized (this) {
            deliveries--;
            isLast = hasEnded && deliveries == 0;
        }
        if (isLast) {
            confirmEnd();
        }
    }

    void gap() {
        connection.read(listener::onGap);
    }

    /** Ends it at the broker; done when what was on its way has been delivered. */
    CompletionStage<Void> end() {
        boolean isIdle;
        synchronized (this) {
            hasEnded = true;
            isIdle = deliveries == 0;
        }
        if (isIdle) {
            confirmEnd();
        }
        return ended;
    }

    private void confirmEnd() {
        connection.readLast(() -> ended.complete(null));
    }
}
