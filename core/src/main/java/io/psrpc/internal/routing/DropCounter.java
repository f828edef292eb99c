package io.psrpc.internal.routing;

import io.psrpc.bus.BusStats.DropReason;

/** Counts what is not acted upon. */
@FunctionalInterface
public interface DropCounter {
    /** One more; {@code detail} says where, without payloads. Must not block. */
    void dropped(DropReason reason, String detail);

    /** One more, of which somebody else says more in the log. */
    default void counted(DropReason reason, String detail) {
        dropped(reason, detail);
    }
}
