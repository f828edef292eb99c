package io.psrpc;

import org.jspecify.annotations.Nullable;

/**
 * Receives the updates of a subscription. Calls come one at a time, in order, on the bus's executor; while one blocks, updates are
 * buffered.
 *
 * @param <T> the updates' message
 */
@FunctionalInterface
public interface SubscriptionListener<T> {
    /** An update. What this throws is logged, and the next update comes all the same. */
    void onUpdate(T update);

    /** So many updates were lost since the last call, as the buffer was full or they could not be read. */
    default void onDropped(long count) {}

    /** The bus was away and is back: updates of that moment are gone, so reload what they build on. */
    default void onGap() {}

    /** The last call: it was closed (null), or it failed. */
    default void onEnd(@Nullable PsrpcException failure) {}
}
