package io.psrpc.bus;

import io.psrpc.PsrpcException;

/**
 * Hears how a publish went. First comes exactly one of {@link #onPublished} and {@link #onFailed}; then, perhaps, {@link
 * #onNobodyThere}. Called on any thread, also before {@link BusTransport#publish} returns; must not block or throw.
 */
public interface PublishListener {
    /** For {@link #onPublished}: the broker does not tell how many. */
    long UNKNOWN = -1;

    /**
     * The broker, or its client library, has taken the frame.
     *
     * @param receivers how many got it, in the sense of {@link BusTransport#receiverCount()}, or {@link #UNKNOWN}
     */
    void onPublished(long receivers);

    /**
     * The broker found nobody. May come after {@code onPublished(UNKNOWN)}, at most once, and only where {@link
     * OutgoingFrame#wantsReceivers} asked for it.
     */
    void onNobodyThere();

    /**
     * The frame did not go out, as far as can be told, and never will from now on. So fails what was unanswered when the connection was
     * lost: it must not be sent again, since it may have arrived.
     *
     * @param failure {@code UNAVAILABLE}: not connected, or past its not-after time; {@code RESOURCE_EXHAUSTED}: a queue is full, or the
     *     broker does not take so large a frame; {@code INVALID_ARGUMENT}: the broker cannot have such an address; {@code
     *     PERMISSION_DENIED}: refused; {@code INTERNAL}: anything else, with its cause
     */
    void onFailed(PsrpcException failure);
}
