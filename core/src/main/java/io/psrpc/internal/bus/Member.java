package io.psrpc.internal.bus;

/** A client or a server on a bus. */
public interface Member {
    /** The bus is closing: begin to end, without waiting, as all its members do. */
    default void beginClosing() {}

    /** End everything. */
    void close();

    /** What it holds. */
    Inventory inventory();
}
