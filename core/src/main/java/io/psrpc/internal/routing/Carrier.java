package io.psrpc.internal.routing;

import io.psrpc.bus.Timekeeper;
import io.psrpc.internal.execution.Workers;

/** A bus, as those see it who only send and listen. */
public interface Carrier {
    /** What messages call it. */
    String name();

    /** Its time. */
    Timekeeper time();

    /** Where user code runs. */
    Workers workers();

    /** Where frames leave. */
    Outbox outbox();

    /** Who listens to what. */
    Routes routes();

    /** Counts what is not acted upon. */
    DropCounter drops();

    /** What a compressed message may inflate to, in bytes. */
    int maxInflatedBytes();
}
