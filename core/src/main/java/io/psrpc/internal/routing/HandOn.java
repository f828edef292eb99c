package io.psrpc.internal.routing;

import io.psrpc.PsrpcException;

/** Gives a group's frame to the members who serve its key, once. */
public final class HandOn {
    /** Long enough for a slow broker; a request's own expiry is looked at where it arrives. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private HandOn() {}

    /** Publishes the frame to {@code keyName}; {@code nobody} runs when no member serves it, or it cannot be published. */
    public static void handOn(Outbox outbox, String keyName, Inbound inbound, long nowNanos, Runnable nobody) {
        long notAfter = nowNanos + PATIENCE_NANOS;
        outbox.publish(keyName, inbound.frame(), notAfter, true, new Outbound() {
            @Override
            protected void published(long receivers) {
                if (receivers == 0) {
                    nobody.run();
                }
            }

            @Override
            protected void nobodyThere() {
                nobody.run();
            }

            @Override
            protected void failed(PsrpcException failure) {
                nobody.run();
            }
        });
    }
}
