package io.psrpc.testing.behaviours.servers;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A long way from the broker to a process: while it is held, frames wait, and behind them the word that a subscription has ended. */
final class HeldFrames {
    private final HeldSteps steps = new HeldSteps();
    private final AtomicInteger frames = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();

    BusTransport around(BusTransport transport) {
        return new Far(transport);
    }

    void hold() {
        steps.hold();
    }

    void letGo() {
        steps.letGo();
    }

    /** How many frames have come in all: they wait, or have been heard. */
    int frames() {
        return frames.get();
    }

    /** How many subscriptions have ended at the broker; the word of it waits, or has been heard. */
    int ends() {
        return ends.get();
    }

    private final class Far extends ForwardingTransport {
        Far(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            FrameListener far = new FrameListener() {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    steps.run(() -> listener.onFrame(frame, turn));
                    frames.incrementAndGet();
                }

                @Override
                public void onGap() {
                    steps.run(listener::onGap);
                }
            };
            return super.subscribe(address, delivery, far).thenApply(subscription -> () -> end(subscription));
        }

        private CompletionStage<Void> end(TransportSubscription subscription) {
            CompletableFuture<Void> told = new CompletableFuture<>();
            subscription.unsubscribe().whenComplete((done, failure) -> {
                steps.run(() -> told.complete(null));
                ends.incrementAndGet();
            });
            return told;
        }
    }
}
