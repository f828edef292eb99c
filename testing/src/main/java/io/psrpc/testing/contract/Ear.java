package io.psrpc.testing.contract;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One subscription: keeps what it hears, and watches that it is called as promised. */
final class Ear implements FrameListener {
    private final Witness witness;
    private final String label;
    private final Delivery delivery;
    private final Reaction reaction;
    private final List<String> heard = new ArrayList<>();
    private final AtomicBoolean isInside = new AtomicBoolean();
    private final AtomicInteger gaps = new AtomicInteger();
    private volatile boolean isEnded;
    private volatile @Nullable TransportSubscription subscription;

    Ear(Witness witness, String address, Delivery delivery, Reaction reaction) {
        this.witness = witness;
        this.label = "the listener of " + address + " (" + delivery + ")";
        this.delivery = delivery;
        this.reaction = reaction;
    }

    void of(TransportSubscription subscription) {
        this.subscription = Objects.requireNonNull(subscription, "subscription");
    }

    @Override
    public void onFrame(byte[] frame, Turn turn) {
        called(() -> {
            String text = new String(frame, StandardCharsets.ISO_8859_1);
            if (turn == null || (delivery == Delivery.EVERY_SUBSCRIBER && turn != Turn.HELD)) {
                witness.violated(label + ": turn " + turn + " (expected: Turn.HELD for a plain subscription)");
            }
            synchronized (heard) {
                heard.add(text);
            }
            if (!reaction.to(text, turn)) {
                // The frame is the listener's: whoever else reads it from here on has kept what is not his.
                Arrays.fill(frame, (byte) 0);
            }
        });
    }

    @Override
    public void onGap() {
        called(gaps::incrementAndGet);
    }

    private void called(Runnable call) {
        if (!isInside.compareAndSet(false, true)) {
            witness.violated(label + ": called while a call is in progress (expected: one at a time)");
        }
        if (isEnded) {
            witness.violated(label + ": called after its end (expected: not any more)");
        }
        try {
            call.run();
        } finally {
            isInside.set(false);
            witness.changed();
        }
    }

    /** What it has heard so far, in order, each byte a character. */
    List<String> heard() {
        synchronized (heard) {
            return List.copyOf(heard);
        }
    }

    private int size() {
        synchronized (heard) {
            return heard.size();
        }
    }

    int gaps() {
        return gaps.get();
    }

    /** Waits until it has heard so many frames. */
    List<String> await(int count) {
        witness.await(() -> size() >= count, () -> label + ": heard " + size() + " frames (expected: " + count + ")");
        return heard();
    }

    /** Waits until it has heard this frame, and so all that came before it. */
    void await(String text) {
        witness.await(() -> hasHeard(text), () -> label + ": has not heard " + text + " (expected: heard)");
    }

    private boolean hasHeard(String text) {
        synchronized (heard) {
            return heard.contains(text);
        }
    }

    void awaitGaps(int count) {
        witness.await(() -> gaps() >= count, () -> label + ": " + gaps() + " gaps (expected: " + count + ")");
    }

    /** Asks for the end; from when it is confirmed, a call is a violation. */
    CompletionStage<Void> unsubscribe() {
        return Objects.requireNonNull(subscription, "subscription")
                .unsubscribe()
                .thenRun(this::over);
    }

    /** Asks for the end, and waits for it. */
    void end() {
        witness.await(unsubscribe(), label + ": its unsubscribe");
    }

    /** From now on a call is a violation. */
    void over() {
        isEnded = true;
    }
}
