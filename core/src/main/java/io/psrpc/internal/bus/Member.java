package io.psrpc.internal.bus;

import java.util.List;

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

    /** What it is and what it holds, a line each, for people who look for what was left behind. */
    List<String> holdings();
}
