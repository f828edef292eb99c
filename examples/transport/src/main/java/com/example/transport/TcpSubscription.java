package com.example.transport;

import io.psrpc.ErrorCode;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A subscription from its first confirmation to its end, over as many connections as it takes. Its listener is called by readers. */
final class TcpSubscription implements TransportSubscription {
    private static final System.Logger LOG = System.getLogger("com.example.transport");

    private final TcpTransport transport;
    private final Packet asking;
    private final FrameListener listener;
    private final CompletableFuture<TransportSubscription> confirmed = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean isEnding;
    private volatile boolean hasGap;

    TcpSubscription(TcpTransport transport, Packet asking, FrameListener listener) {
        this.transport = transport;
        this.asking = asking;
        this.listener = listener;
    }

    int number() {
        return asking.number();
    }

    /** What the broker has to be asked, on each connection. */
    Packet asking() {
        return asking;
    }

    CompletionStage<TransportSubscription> confirmed() {
        return confirmed;
    }

    void isConfirmed() {
        confirmed.complete(this);
    }

    void deliver(byte[] frame) {
        // The broker has chosen the member of a group, so there is nothing to ask for.
        call(() -> listener.onFrame(frame, Turn.HELD));
    }

    /** The connection was lost: what the broker was to confirm, it never will. */
    void isGone() {
        if (isEnding) {
            hasEnded();
        } else {
            hasGap = hasGap || confirmed.isDone();
        }
    }

    /** There is one again. */
    void isBack() {
        if (hasGap && !isEnding) {
            hasGap = false;
            call(listener::onGap);
        }
    }

    private void call(Runnable call) {
        if (transport.isClosed()) {
            return;
        }
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a listener of " + asking.address() + " failed", e);
        }
    }

    @Override
    public CompletionStage<Void> unsubscribe() {
        if (!isEnding) {
            isEnding = true;
            transport.unsubscribe(this);
        }
        return ended;
    }

    /** The broker has said so, or is not there any more. */
    void hasEnded() {
        transport.forget(this);
        confirmed.completeExceptionally(ErrorCode.UNAVAILABLE.error("%s: closed", transport.name()));
        ended.complete(null);
    }
}
