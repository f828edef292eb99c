package io.psrpc.internal.subscription;

import java.util.concurrent.CompletionStage;

/** The bus's side of a subscription. */
@FunctionalInterface
public interface Upstream {
    /**
     * Gives the subscription back. Returns at once. Called once at most, outside locks; on a closing thread, or from within {@link
     * UpdateSink#offer} where a full buffer ends the subscription.
     *
     * @return done when the broker has confirmed or the connection is gone. It must not need the callback executor: closing waits for
     *     it there, too
     */
    CompletionStage<?> unsubscribe();
}
