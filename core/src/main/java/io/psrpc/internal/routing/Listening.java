package io.psrpc.internal.routing;

import java.util.concurrent.CompletableFuture;

/** A listener's place on a channel. */
public interface Listening {
    /**
     * Ends it; the listener may be asked until it is done, and is not asked after. The last one on an address ends the broker's
     * subscription, and gets what was on its way before.
     *
     * @return done when the broker has confirmed
     */
    CompletableFuture<Void> end();
}
