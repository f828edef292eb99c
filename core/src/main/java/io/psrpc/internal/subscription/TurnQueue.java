package io.psrpc.internal.subscription;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.routing.DropCounter;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.wire.Envelope;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A group's updates while the broker is asked whose they are. Answers may come in any order; updates leave in the channel's. */
final class TurnQueue {
    /** As long as Go's lock: an update has no expiry. */
    private static final Duration HOLD = Duration.ofSeconds(5);

    private static final class Asked {
        private final Envelope update;
        private @Nullable Boolean isOurs;

        Asked(Envelope update) {
            this.update = update;
        }
    }

    private final DropCounter drops;
    private final String label;

    @GuardedBy("this")
    private final Queue<Asked> asked = new ArrayDeque<>();

    @GuardedBy("this")
    private boolean isDraining;

    TurnQueue(DropCounter drops, String label) {
        this.drops = drops;
        this.label = label;
    }

    void take(Inbound inbound, UpdateSink sink) {
        Asked waiting = new Asked(inbound.envelope());
        synchronized (this) {
            asked.add(waiting);
        }
        EngineThread.whenComplete(inbound.turn().take(HOLD), (isOurs, failure) -> {
            if (failure != null) {
                drops.dropped(DropReason.LOCK_FAILED, label + ": " + failure.getMessage());
            }
            answered(waiting, failure == null && isOurs, sink);
        });
    }

    /** One thread at a time fills the sink, outside the lock: on a direct executor a listener is called within. */
    private void answered(Asked answered, boolean isOurs, UpdateSink sink) {
        synchronized (this) {
            answered.isOurs = isOurs;
            if (isDraining) {
                return;
            }
            isDraining = true;
        }
        for (Asked first = nextAnswered(); first != null; first = nextAnswered()) {
            if (Boolean.TRUE.equals(first.isOurs)) {
                sink.offer(first.update);
            }
        }
    }

    private synchronized @Nullable Asked nextAnswered() {
        Asked first = asked.peek();
        if (first == null || first.isOurs == null) {
            isDraining = false;
            return null;
        }
        return asked.remove();
    }
}
