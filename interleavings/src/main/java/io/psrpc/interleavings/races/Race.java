package io.psrpc.interleavings.races;

import java.util.List;

/** Things that happen to one object at the same time, and what must hold whatever their order. */
public interface Race {
    /** Each runs on a thread of its own. */
    List<Runnable> sides();

    /** Runs when all sides have ended; throws where something does not hold. */
    void check();

    /** Throws {@code what} with both values unless they are equal. */
    static void expect(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + ": " + actual + " (expected: " + expected + ")");
        }
    }

    /** Throws {@code what} unless it holds. */
    static void expect(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
