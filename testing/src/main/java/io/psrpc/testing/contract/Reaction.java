package io.psrpc.testing.contract;

import io.psrpc.bus.Turn;

/** What a listener does with a frame, each of whose bytes is a character. */
@FunctionalInterface
interface Reaction {
    /** Nothing. */
    Reaction NONE = (text, turn) -> false;

    /** True: another member gets the frame, so it must stay as it is. */
    boolean to(String text, Turn turn);
}
