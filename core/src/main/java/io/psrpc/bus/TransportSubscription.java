package io.psrpc.bus;

import java.util.concurrent.CompletionStage;

/** A subscription at the broker. */
@FunctionalInterface
public interface TransportSubscription {
    /**
     * Ends it. Frames that were on their way are delivered before the returned stage is done, none after. May be asked for twice.
     *
     * @return done when the broker has confirmed, or the connection is gone
     */
    CompletionStage<Void> unsubscribe();
}
