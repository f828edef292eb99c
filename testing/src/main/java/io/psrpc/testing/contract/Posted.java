package io.psrpc.testing.contract;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One publish: hears what became of it, and watches that it is told as promised. */
final class Posted implements PublishListener {
    private static final Set<ErrorCode> CODES = Set.of(
            ErrorCode.UNAVAILABLE,
            ErrorCode.RESOURCE_EXHAUSTED,
            ErrorCode.INVALID_ARGUMENT,
            ErrorCode.PERMISSION_DENIED,
            ErrorCode.INTERNAL);

    private final Witness witness;
    private final String label;
    private final boolean wantsReceivers;
    private final Runnable onOutcome;
    private final AtomicInteger outcomes = new AtomicInteger();
    private final AtomicInteger nobody = new AtomicInteger();
    private volatile long receivers;
    private volatile @Nullable PsrpcException failure;
    private volatile boolean isPublished;

    Posted(Witness witness, OutgoingFrame frame, Runnable onOutcome) {
        this.witness = witness;
        this.onOutcome = onOutcome;
        this.label = "a publish to " + frame.address();
        this.wantsReceivers = frame.wantsReceivers();
    }

    @Override
    public void onPublished(long receivers) {
        if (receivers < UNKNOWN) {
            witness.violated(label + ": receivers " + receivers + " (expected: >= 0, or UNKNOWN)");
        }
        this.receivers = receivers;
        isPublished = true;
        ended();
    }

    @Override
    public void onFailed(PsrpcException failure) {
        if (failure == null || !CODES.contains(failure.code())) {
            witness.violated(label + ": failed with " + failure + " (expected: one of " + CODES + ")");
        }
        this.failure = failure;
        ended();
    }

    private void ended() {
        int count = outcomes.incrementAndGet();
        if (count > 1) {
            witness.violated(label + ": outcome " + count + ", after " + this + " (expected: one)");
        }
        witness.changed();
        onOutcome.run();
    }

    @Override
    public void onNobodyThere() {
        if (!isPublished) {
            witness.violated(label + ": onNobodyThere before onPublished (expected: after it)");
        }
        if (!wantsReceivers) {
            witness.violated(label + ": onNobodyThere, which wantsReceivers did not ask for");
        }
        if (nobody.incrementAndGet() > 1) {
            witness.violated(label + ": onNobodyThere twice (expected: at most once)");
        }
        witness.changed();
    }

    boolean isOver() {
        return outcomes.get() > 0;
    }

    boolean isPublished() {
        return isPublished;
    }

    boolean hasNobody() {
        return nobody.get() > 0;
    }

    /** Waits for the outcome. */
    Posted await() {
        witness.await(this::isOver, () -> label + ": neither published nor failed (expected: one of them)");
        return this;
    }

    /** Waits, and gives the count; fails if it has failed. */
    long awaitPublished() {
        await();
        PsrpcException failed = failure;
        if (failed != null) {
            throw new AssertionError(label + ": failed (expected: published)", failed);
        }
        return receivers;
    }

    /** Waits, and gives the failure; fails if there is none. */
    PsrpcException awaitFailed() {
        await();
        PsrpcException failed = failure;
        if (failed == null) {
            throw new AssertionError(label + ": " + this + " (expected: failed)");
        }
        return failed;
    }

    @Override
    public String toString() {
        return isPublished ? "published to " + receivers : "failed with " + failure;
    }
}
