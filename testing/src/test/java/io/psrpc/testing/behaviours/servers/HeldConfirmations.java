package io.psrpc.testing.behaviours.servers;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A broker that is slow to subscribe: while they are held, subscriptions take effect and are confirmed when the test says so. */
final class HeldConfirmations {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> asked = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean isHolding;

    HeldConfirmations() {}

    BusTransport around(BusTransport transport) {
        return new Slow(transport);
    }

    /** From here on; false: those that wait are confirmed, too. */
    void hold(boolean hold) {
        lock.lock();
        try {
            isHolding = hold;
        } finally {
            lock.unlock();
        }
        if (!hold) {
            give();
        }
    }

    /** Confirms those that wait, so many times over: each confirmation may lead to more subscriptions. */
    void giveFlights(int flights) {
        for (int i = 0; i < flights; i++) {
            give();
        }
    }

    private void give() {
        List<Runnable> given;
        lock.lock();
        try {
            given = List.copyOf(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        given.forEach(Runnable::run);
    }

    /** The addresses that were asked for while confirmations were held, in order. */
    List<String> asked() {
        lock.lock();
        try {
            return List.copyOf(asked);
        } finally {
            lock.unlock();
        }
    }

    /** True: it waits for the test. */
    private boolean isHeld(String address, Runnable subscribing) {
        lock.lock();
        try {
            if (isHolding) {
                asked.add(address);
                waiting.add(subscribing);
            }
            return isHolding;
        } finally {
            lock.unlock();
        }
    }

    private final class Slow implements BusTransport {
        private final BusTransport transport;

        Slow(BusTransport transport) {
            this.transport = transport;
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            CompletableFuture<TransportSubscription> confirmed = new CompletableFuture<>();
            Runnable subscribing =
                    () -> transport.subscribe(address, delivery, listener).whenComplete((subscription, failure) -> {
                        if (failure != null) {
                            confirmed.completeExceptionally(failure);
                        } else {
                            confirmed.complete(subscription);
                        }
                    });
            if (!isHeld(address, subscribing)) {
                subscribing.run();
            }
            return confirmed;
        }

        @Override
        public String name() {
            return transport.name();
        }

        @Override
        public CompletionStage<Void> start(TransportHost host) {
            return transport.start(host);
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
            transport.publish(frame, listener);
        }

        @Override
        public void close() {
            transport.close();
        }
    }
}
