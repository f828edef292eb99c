package io.psrpc;

import java.util.Objects;

/** How a subscription buffers what its consumer has not taken yet. Immutable. */
public final class SubscriptionOptions {
    /** 1,000 updates; the oldest is dropped when they are more. */
    public static final SubscriptionOptions DEFAULT = new SubscriptionOptions(1_000, Overflow.DROP_OLDEST);

    private static final int MAX_CAPACITY = 1_000_000;

    private final int capacity;
    private final Overflow overflow;

    private SubscriptionOptions(int capacity, Overflow overflow) {
        this.capacity = capacity;
        this.overflow = overflow;
    }

    /**
     * Buffers so many updates, and at most 64 MiB of them: whichever is reached first is full. Default 1,000.
     *
     * @throws IllegalArgumentException unless it is from 1 to 1,000,000
     */
    public SubscriptionOptions withCapacity(int updates) {
        if (updates <= 0 || updates > MAX_CAPACITY) {
            throw Check.refused("capacity", updates, "1 to " + MAX_CAPACITY);
        }
        return new SubscriptionOptions(updates, overflow);
    }

    /** Does this with an update that finds the buffer full. Default {@link Overflow#DROP_OLDEST}. */
    public SubscriptionOptions withOverflow(Overflow policy) {
        return new SubscriptionOptions(capacity, Objects.requireNonNull(policy, "policy"));
    }

    /** How many updates are buffered. */
    public int capacity() {
        return capacity;
    }

    /** What happens to an update that finds the buffer full. */
    public Overflow overflow() {
        return overflow;
    }

    /** What happens when an update finds the buffer full. What is dropped is counted in {@link Subscription#dropped()}. */
    public enum Overflow {
        /** The oldest update makes room. */
        DROP_OLDEST,
        /** The update is dropped. */
        DROP_NEWEST,
        /** The subscription ends {@code RESOURCE_EXHAUSTED}, after what was buffered. */
        FAIL
    }
}
