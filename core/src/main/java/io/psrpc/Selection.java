package io.psrpc;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one server is chosen among those that bid for a request. Immutable; setting one part leaves the others as they are. Parts that a
 * call leaves unset come from the client, and what that leaves unset from the method's routing: a timeout of 1 s, and for AFFINITY a
 * short circuit of 200 ms, else the first bid.
 *
 * <p>On methods with routing QUEUE there is nothing to choose: a minimum or maximum above zero, or a selector, fails the call {@code
 * INVALID_ARGUMENT}.
 */
public final class Selection {
    /** Nothing set. */
    public static final Selection DEFAULT = new Selection(new Draft());

    private final @Nullable Float minimumAffinity;
    private final @Nullable Float maximumAffinity;
    private final @Nullable Boolean acceptFirst;
    private final @Nullable Duration timeout;
    private final @Nullable Duration shortCircuit;
    private final @Nullable Boolean earlyEnd;
    private final @Nullable ServerSelector selector;

    private Selection(Draft draft) {
        minimumAffinity = draft.minimumAffinity;
        maximumAffinity = draft.maximumAffinity;
        acceptFirst = draft.acceptFirst;
        timeout = draft.timeout;
        shortCircuit = draft.shortCircuit;
        earlyEnd = draft.earlyEnd;
        selector = draft.selector;
    }

    /** Passes over bids below {@code minimum}. */
    public Selection withMinimumAffinity(float minimum) {
        Draft draft = new Draft(this);
        draft.minimumAffinity = Check.number("minimumAffinity", minimum);
        return new Selection(draft);
    }

    /** Takes a bid at once that reaches {@code maximum}. */
    public Selection withMaximumAffinity(float maximum) {
        Draft draft = new Draft(this);
        draft.maximumAffinity = Check.number("maximumAffinity", maximum);
        return new Selection(draft);
    }

    /** Takes the first bid that is not passed over. */
    public Selection withAcceptFirst(boolean acceptFirst) {
        Draft draft = new Draft(this);
        draft.acceptFirst = acceptFirst;
        return new Selection(draft);
    }

    /**
     * Chooses after so long, counted from the request.
     *
     * @throws IllegalArgumentException unless it is above zero
     */
    public Selection withTimeout(Duration timeout) {
        Draft draft = new Draft(this);
        draft.timeout = Check.positive("timeout", timeout);
        return new Selection(draft);
    }

    /**
     * Chooses after so long, counted from the first bid that is not passed over.
     *
     * @throws IllegalArgumentException unless it is above zero
     */
    public Selection withShortCircuit(Duration shortCircuit) {
        Draft draft = new Draft(this);
        draft.shortCircuit = Check.positive("shortCircuit", shortCircuit);
        return new Selection(draft);
    }

    /** Chooses as soon as every server has bid that is expected to (default), or keeps to the timers alone. */
    public Selection withEarlyEnd(boolean earlyEnd) {
        Draft draft = new Draft(this);
        draft.earlyEnd = earlyEnd;
        return new Selection(draft);
    }

    /** Leaves the choice to {@code selector}, instead of the highest bid. */
    public Selection withSelector(ServerSelector selector) {
        Draft draft = new Draft(this);
        draft.selector = Objects.requireNonNull(selector, "selector");
        return new Selection(draft);
    }

    /** These parts, and where they are unset those of {@code fallback}. */
    public Selection orElse(Selection fallback) {
        Objects.requireNonNull(fallback, "fallback");
        Draft draft = new Draft(this);
        draft.minimumAffinity = minimumAffinity == null ? fallback.minimumAffinity : minimumAffinity;
        draft.maximumAffinity = maximumAffinity == null ? fallback.maximumAffinity : maximumAffinity;
        draft.acceptFirst = acceptFirst == null ? fallback.acceptFirst : acceptFirst;
        draft.timeout = timeout == null ? fallback.timeout : timeout;
        draft.shortCircuit = shortCircuit == null ? fallback.shortCircuit : shortCircuit;
        draft.earlyEnd = earlyEnd == null ? fallback.earlyEnd : earlyEnd;
        draft.selector = selector == null ? fallback.selector : selector;
        return new Selection(draft);
    }

    /** Bids below it are passed over. */
    public Optional<Float> minimumAffinity() {
        return Optional.ofNullable(minimumAffinity);
    }

    /** A bid that reaches it is taken at once. */
    public Optional<Float> maximumAffinity() {
        return Optional.ofNullable(maximumAffinity);
    }

    /** Whether the first bid is taken. */
    public Optional<Boolean> acceptFirst() {
        return Optional.ofNullable(acceptFirst);
    }

    /** How long to choose, from the request. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** How long to choose, from the first bid. */
    public Optional<Duration> shortCircuit() {
        return Optional.ofNullable(shortCircuit);
    }

    /** Whether the choice is made when all expected bids are in. */
    public Optional<Boolean> earlyEnd() {
        return Optional.ofNullable(earlyEnd);
    }

    /** Who chooses. */
    public Optional<ServerSelector> selector() {
        return Optional.ofNullable(selector);
    }

    /**
     * One server's offer to serve a request.
     *
     * @param serverId who bids
     * @param affinity how well it suits, by its own measure; above zero
     */
    public record Bid(String serverId, float affinity) {
        /** Checks that the id is not null. */
        public Bid {
            Objects.requireNonNull(serverId, "serverId");
        }
    }

    /** Chooses a server by hand. */
    @FunctionalInterface
    public interface ServerSelector {
        /**
         * Picks one of the bids. Called on the bus's executor when the selection ends, with an empty list if there was no bid; what it
         * throws is the call's failure.
         *
         * @param bids that were not passed over, in the order in which they came; at most 1,024
         */
        Bid select(List<Bid> bids);
    }

    private static final class Draft {
        @Nullable
        Float minimumAffinity;

        @Nullable
        Float maximumAffinity;

        @Nullable
        Boolean acceptFirst;

        @Nullable
        Duration timeout;

        @Nullable
        Duration shortCircuit;

        @Nullable
        Boolean earlyEnd;

        @Nullable
        ServerSelector selector;

        Draft() {}

        Draft(Selection from) {
            minimumAffinity = from.minimumAffinity;
            maximumAffinity = from.maximumAffinity;
            acceptFirst = from.acceptFirst;
            timeout = from.timeout;
            shortCircuit = from.shortCircuit;
            earlyEnd = from.earlyEnd;
            selector = from.selector;
        }
    }
}
