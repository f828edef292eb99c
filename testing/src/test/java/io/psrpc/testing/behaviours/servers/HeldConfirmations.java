package io.psrpc.testing.behaviours.servers;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.TransportSubscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker that is slow to subscribe: while they are held, subscriptions take effect and are confirmed when the test says so. */
final class HeldConfirmations {
    private final HeldSteps steps = new HeldSteps();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final boolean isAfterTheirEffect;

    HeldConfirmations() {
        this(false);
    }

    private HeldConfirmations(boolean isAfterTheirEffect) {
        this.isAfterTheirEffect = isAfterTheirEffect;
    }

    /** Subscriptions take effect at once, and only the word of it waits. */
    static HeldConfirmations afterTheirEffect() {
        return new HeldConfirmations(true);
    }

    BusTransport around(BusTransport transport) {
        return new Slow(transport);
    }

    /** From here on; false: those that wait are confirmed, too. */
    void hold(boolean hold) {
        if (hold) {
            steps.hold();
        } else {
            steps.letGo();
        }
    }

    /** Confirms those that wait, so many times over: each confirmation may lead to more subscriptions. */
    void giveFlights(int flights) {
        for (int i = 0; i < flights; i++) {
            steps.letGoSoFar();
        }
    }

    /** The addresses that were asked for, in order. */
    List<String> asked() {
        return asked;
    }

    private static void tell(
            CompletionStage<TransportSubscription> subscribed, CompletableFuture<TransportSubscription> confirmed) {
        subscribed.whenComplete((subscription, failure) -> {
            if (failure != null) {
                confirmed.completeExceptionally(failure);
            } else {
                confirmed.complete(subscription);
            }
        });
    }

    private final class Slow extends ForwardingTransport {
        Slow(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            CompletableFuture<TransportSubscription> confirmed = new CompletableFuture<>();
            asked.add(address);
            if (isAfterTheirEffect) {
                CompletionStage<TransportSubscription> subscribed = super.subscribe(address, delivery, listener);
                steps.run(() -> tell(subscribed, confirmed));
            } else {
                steps.run(() -> tell(super.subscribe(address, delivery, listener), confirmed));
            }
            return confirmed;
        }
    }
}
