package io.psrpc.internal.client;

import io.psrpc.Selection.Bid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bids of one call that may be chosen. Not thread-safe: its call's lock guards it. */
final class Bids {
    private final SelectionRules rules;
    private final List<Bid> kept = new ArrayList<>();
    private @Nullable Bid best;
    private int received;
    private boolean isTaken;

    Bids(SelectionRules rules) {
        this.rules = rules;
    }

    /** What a bid means for its call. */
    enum Verdict {
        /** Not available, or below the minimum. */
        SKIPPED,
        /** May be chosen in the end. */
        KEPT,
        /** Chosen. */
        TAKEN
    }

    /** An affinity of 0 says "not available", and so does what is below it or not a number. */
    Verdict add(String serverId, float affinity) {
        received++;
        if (!(affinity > 0) || affinity < rules.minimum()) {
            return Verdict.SKIPPED;
        }
        Bid bid = new Bid(serverId, affinity);
        Bid before = best;
        if (before == null || affinity > before.affinity()) {
            best = bid;
        }
        if (rules.selector() != null) {
            kept.add(bid);
        }
        boolean reached = rules.maximum() > 0 && affinity >= rules.maximum();
        if (rules.acceptFirst() || reached) {
            best = bid;
            isTaken = true;
            return Verdict.TAKEN;
        }
        return Verdict.KEPT;
    }

    /** The highest; the first of equals. Null: none may be chosen. */
    @Nullable
    Bid best() {
        return best;
    }

    /** The best was taken at once. */
    boolean isTaken() {
        return isTaken;
    }

    List<Bid> kept() {
        return List.copyOf(kept);
    }

    /** All of them, the skipped ones too. */
    int received() {
        return received;
    }
}
