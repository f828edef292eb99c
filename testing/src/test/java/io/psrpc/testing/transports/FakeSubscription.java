package io.psrpc.testing.transports;

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

    FakeSubscription(FakeConnection connection, Delivery delivery, FrameListener listener) {
        this.connection = connection;
        this.delivery = delivery;
        this.listener = listener;
    }

    boolean isGroup() {
        return delivery == Delivery.ONE_OF_GROUP;
    }

    void deliver(byte[] frame, Turn turn) {
        byte[] copy = frame.clone();
        connection.read(() -> listener.onFrame(copy, turn));
    }

    void gap() {
        connection.read(listener::onGap);
    }

    /** Done when what was on its way has been delivered. */
    CompletionStage<Void> drained() {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        connection.readLast(() -> drained.complete(null));
        return drained;
    }
}
