package io.psrpc.internal.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A started connection, with frames that are text. */
final class Bus {
    final BusTransport transport;
    final FixedHost host;
    final Published published = new Published();

    Bus(LocalExchange exchange, Executor executor) {
        transport = exchange.connect();
        host = new FixedHost(executor);
        transport.start(host).toCompletableFuture().join();
    }

    void publish(String address, String text) {
        publish(address, text, Long.MAX_VALUE);
    }

    void publish(String address, String text, long notAfterNanos) {
        transport.publish(new OutgoingFrame(address, text.getBytes(UTF_8), notAfterNanos, false), published);
    }

    TransportSubscription subscribe(String address, Consumer<String> listener) {
        return subscribe(address, Delivery.EVERY_SUBSCRIBER, (text, turn) -> listener.accept(text));
    }

    TransportSubscription join(String address, BiConsumer<String, Turn> listener) {
        return subscribe(address, Delivery.ONE_OF_GROUP, listener);
    }

    private TransportSubscription subscribe(String address, Delivery delivery, BiConsumer<String, Turn> listener) {
        FrameListener frames = new FrameListener() {
            @Override
            public void onFrame(byte[] frame, Turn turn) {
                listener.accept(new String(frame, UTF_8), turn);
            }

            @Override
            public void onGap() {
                throw new AssertionError("no connection is lost here");
            }
        };
        return transport
                .subscribe(address, delivery, frames)
                .toCompletableFuture()
                .join();
    }
}
