package io.psrpc.internal.bus;

/** A client or a server on a bus. */
public interface Member {
    /** The bus is closing: begin to end, without waiting, as all its members do. */
    default void beginClosing() {}

    /** Return when everyone else's requests are done with: while they are, the bus's clients are still needed. */
    default void endServing() {}

    /** End everything. */
    void close();

    /** What it holds. */
    Inventory inventory();
}
