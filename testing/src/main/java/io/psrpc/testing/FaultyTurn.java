package io.psrpc.testing;

import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.Turn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A turn that cannot be asked for during a disconnection. */
record FaultyTurn(Turn turn, FaultyTransport transport, Faults faults) implements Turn {
    @Override
    public CompletionStage<Boolean> take(Duration hold) {
        return transport.isConnected() ? turn.take(hold) : CompletableFuture.failedFuture(transport.notConnected());
    }

    /** Null where the frame may meet a fault: then it is published by itself. */
    @Override
    public @Nullable CompletionStage<Boolean> takeAndPublish(
            Duration hold, OutgoingFrame frame, PublishListener listener) {
        FrameSubject subject = FrameSubject.of(frame);
        if (!transport.isConnected() || !faults.isQuiet(subject)) {
            return null;
        }
        CompletionStage<Boolean> taken = turn.takeAndPublish(hold, frame, listener);
        return taken == null
                ? null
                : taken.whenComplete((isOurs, failure) -> {
                    if (failure == null && isOurs) {
                        faults.passed(subject);
                    }
                });
    }

    @Override
    public boolean pass() {
        return turn.pass();
    }
}
