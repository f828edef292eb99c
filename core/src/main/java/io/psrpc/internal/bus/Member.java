package io.psrpc.internal.bus;

/** A client or a server on a bus. */
public interface Member {
    /** The bus is closing: end everything. */
    void close();

    /** What it holds. */
    Inventory inventory();
}
