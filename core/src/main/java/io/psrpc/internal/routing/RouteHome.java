package io.psrpc.internal.routing;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What the routes need of their bus. */
public interface RouteHome {
    /** Counts what reaches nobody. */
    DropCounter drops();

    /** Counts what arrives. */
    LongAdder received();

    /** The bus's monotonic clock. */
    long nanoTime();

    /** For work that would hold the reader's thread for long. */
    Executor executor();

    /** Where frames leave: those that are handed on. */
    Outbox outbox();

    /** Where frames with this key are handed on that came by this address; null: nowhere. */
    @Nullable
    String keyName(String address, String key);
}
