package io.psrpc.internal.bus;

/** A client or a server on a bus. */
public interface Member {
    /** The bus is closing: begin to end, without waiting. True: users' code may still run, and is waited for by {@link #close}. */
    default boolean beginClosing() {
        return false;
    }

    /** End everything. */
    void close();

    /** What it holds. */
    Inventory inventory();
}
