package io.psrpc.benchmarks;

import org.jspecify.annotations.Nullable;

/** Where a cell stands: calls count while it is measured, and none starts once it is over. */
final class Window {
    private volatile boolean isMeasured;
    private volatile boolean isOver;
    private volatile @Nullable Throwable failure;

    boolean isMeasured() {
        return isMeasured;
    }

    boolean isOver() {
        return isOver;
    }

    void begin() {
        isMeasured = true;
    }

    void end() {
        isMeasured = false;
        isOver = true;
    }

    /** A call has failed: what is measured is worth nothing. */
    void fail(Throwable thrown) {
        failure = thrown;
        end();
    }

    void check() {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("a call failed", thrown);
        }
    }
}
