package io.psrpc.internal.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.bus.BusTransport;
import java.util.Map;
import java.util.WeakHashMap;

/** The transports of the buses that are open: one that two buses share would end with the first of them. */
final class TransportsInUse {
    private static final Object LOCK = new Object();

    @GuardedBy("LOCK")
    private static final Map<BusTransport, Boolean> IN_USE = new WeakHashMap<>();

    private TransportsInUse() {}

    static void add(BusTransport transport) {
        synchronized (LOCK) {
            if (IN_USE.putIfAbsent(transport, true) != null) {
                throw new IllegalStateException(
                        "transport: " + transport.name() + ", which another bus uses (expected: one of its own)");
            }
        }
    }

    static void remove(BusTransport transport) {
        synchronized (LOCK) {
            IN_USE.remove(transport);
        }
    }
}
