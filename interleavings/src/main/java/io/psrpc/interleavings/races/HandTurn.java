package io.psrpc.interleavings.races;

import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.Turn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A turn whose answer comes when the race says so. */
final class HandTurn implements Turn {
    private final CompletableFuture<Boolean> answer = new CompletableFuture<>();
    private final @Nullable StillTransport publishing;

    /** @param publishing takes the turn and publishes in one step; null: the broker cannot */
    HandTurn(@Nullable StillTransport publishing) {
        this.publishing = publishing;
    }

    /** False: it has been answered. */
    boolean isOurs(boolean ours) {
        return answer.complete(ours);
    }

    void isUnknown() {
        answer.completeExceptionally(new IllegalStateException("no answer"));
    }

    @Override
    public CompletionStage<Boolean> take(Duration hold) {
        return answer;
    }

    @Override
    public @Nullable CompletionStage<Boolean> takeAndPublish(
            Duration hold, OutgoingFrame frame, PublishListener listener) {
        StillTransport transport = publishing;
        if (transport == null) {
            return null;
        }
        return answer.thenApply(ours -> {
            if (ours) {
                transport.publish(frame, listener);
            }
            return ours;
        });
    }
}
