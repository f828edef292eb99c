package io.psrpc.interleavings.races;

import io.psrpc.bus.FrameListener;
import io.psrpc.bus.TransportSubscription;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One subscription. Its end is confirmed when what is being delivered has been taken. */
final class StillSubscription implements TransportSubscription {
    private final FrameListener listener;
    private final Runnable confirmation;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** Guarded by this object's monitor, as are the others. */
    private int delivering;

    private boolean isEnding;
    private boolean isConfirmed;

    /** @param confirmation runs when it has ended */
    StillSubscription(FrameListener listener, Runnable confirmation) {
        this.listener = listener;
        this.confirmation = confirmation;
    }

    /** Does this with the listener, unless nothing is delivered any more. */
    void deliver(Consumer<FrameListener> delivery) {
        synchronized (this) {
            if (isConfirmed) {
                return;
            }
            delivering++;
        }
        delivery.accept(listener);
        boolean ends;
        synchronized (this) {
            delivering--;
            ends = confirms();
        }
        if (ends) {
            confirm();
        }
    }

    @Override
    public CompletionStage<Void> unsubscribe() {
        boolean ends;
        synchronized (this) {
            if (isEnding) {
                throw new AssertionError("unsubscribed a second time");
            }
            isEnding = true;
            ends = confirms();
        }
        if (ends) {
            confirm();
        }
        return ended;
    }

    /** Under the monitor; true, once: it has ended. */
    private boolean confirms() {
        if (!isEnding || isConfirmed || delivering > 0) {
            return false;
        }
        isConfirmed = true;
        return true;
    }

    private void confirm() {
        confirmation.run();
        ended.complete(null);
    }
}
