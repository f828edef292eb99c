package io.psrpc.internal.subscription;

import io.psrpc.PsrpcException;
import io.psrpc.internal.wire.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine puts what arrives for one subscription. Called on reader threads, one at a time; never blocks and never throws.
 */
public interface UpdateSink {
    /**
     * Whether an update would be stored without a loss. Asked before an update that another member of the group could have instead.
     * Until the next {@link #offer}, the answer turns from false to true at most, or the subscription ends.
     */
    boolean hasRoom();

    /** Stores an update; one that finds no room is dropped, drops another, or ends the subscription, as its options say. */
    void offer(Envelope update);

    /** The bus was away and is back. */
    void gap();

    /**
     * Ends the subscription; only the first end counts.
     *
     * @param failure thrown at the consumer after what was buffered; null: closed, and what was buffered is gone
     */
    void end(@Nullable PsrpcException failure);
}
