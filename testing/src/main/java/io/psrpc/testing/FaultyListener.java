package io.psrpc.testing;

import io.psrpc.bus.FrameListener;
import io.psrpc.bus.Turn;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.execution.SerialQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A subscription's listener: loses what comes during a disconnection, and hears doubles twice. */
final class FaultyListener implements FrameListener {
    private final FaultyTransport transport;
    private final Faults faults;
    private final FrameListener listener;
    /** A gap comes from the test's thread, frames from others: one at a time all the same. */
    private final SerialQueue calls = new SerialQueue(Runnable::run);

    FaultyListener(FaultyTransport transport, Faults faults, FrameListener listener) {
        this.transport = transport;
        this.faults = faults;
        this.listener = listener;
    }

    @Override
    public void onFrame(byte[] frame, Turn turn) {
        if (!transport.isConnected()) {
            return;
        }
        Turn faulty = turn == Turn.HELD ? turn : new FaultyTurn(turn, transport, faults);
        if (faults.isDouble(frame)) {
            byte[] copy = frame.clone();
            call(() -> listener.onFrame(copy, faulty));
        }
        call(() -> listener.onFrame(frame, faulty));
    }

    @Override
    public void onGap() {
        call(listener::onGap);
    }

    /** Done when the listener has heard all that it was to hear so far. */
    CompletionStage<Void> whenIdle() {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        calls.execute(() -> idle.complete(null));
        return idle;
    }

    private void call(Runnable call) {
        calls.execute(() -> EngineThread.run(call));
    }
}
