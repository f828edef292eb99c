package io.psrpc.internal.local;

import io.psrpc.bus.TransportHost;
import io.psrpc.bus.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One member's right to a group's frame: its own, until it passes. */
final class LocalTurn implements Turn {
    private static final CompletionStage<Boolean> OURS = CompletableFuture.completedStage(true);

    private final TransportHost from;
    private final LocalAddress at;
    private final List<LocalSubscription> group;
    private final byte[] frame;
    /** Whose turn it is, and how many members after it, round the list, have not been tried. */
    private final int member;

    private final int others;
    private final AtomicBoolean isDecided = new AtomicBoolean();

    /** The first turn for a frame, by the owner of the address. */
    LocalTurn(TransportHost from, LocalAddress at, List<LocalSubscription> group, byte[] frame) {
        this(from, at, group, frame, at.nextOf(group.size()), group.size() - 1);
    }

    private LocalTurn(
            TransportHost from, LocalAddress at, List<LocalSubscription> group, byte[] frame, int member, int others) {
        this.from = from;
        this.at = at;
        this.group = group;
        this.frame = frame;
        this.member = member;
        this.others = others;
    }

    /** Delivers the frame, unless the member has left: then to the next. */
    void offer() {
        LocalTurn turn = subscription().isActive() ? this : next();
        if (turn != null) {
            turn.subscription().deliver(frame, turn);
        }
    }

    @Override
    public CompletionStage<Boolean> take(Duration hold) {
        isDecided.set(true);
        return OURS;
    }

    /** Joins the frames that wait at the address. The last one has nobody to pass it to. */
    @Override
    public boolean pass() {
        LocalTurn next = next();
        if (next == null || !isDecided.compareAndSet(false, true)) {
            return false;
        }
        at.post(from, where -> next.offer());
        return true;
    }

    private LocalSubscription subscription() {
        return group.get(member);
    }

    /** Of the next member that has not left, if any. */
    private @Nullable LocalTurn next() {
        for (int i = 1; i <= others; i++) {
            int candidate = (member + i) % group.size();
            if (group.get(candidate).isActive()) {
                return new LocalTurn(from, at, group, frame, candidate, others - i);
            }
        }
        return null;
    }
}
