package io.psrpc.testing;

import io.psrpc.testing.Faults.Frames;
import io.psrpc.testing.Faults.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;

/** A fault of some frames: by chance, or while its count lasts. Guarded by the lock of its {@link FaultRules}. */
final class FaultRule {
    private static final int UNCOUNTED = -1;

    private final Frames frames;
    private final Outcome outcome;
    private final Duration delay;
    private final double share;
    private int left;

    private FaultRule(Frames frames, Outcome outcome, Duration delay, double share, int left) {
        this.frames = Objects.requireNonNull(frames, "frames");
        this.outcome = outcome;
        this.delay = delay;
        this.share = share;
        this.left = left;
        if (delay.isNegative()) {
            throw new IllegalArgumentException("by: " + delay + " (expected: >= 0)");
        }
    }

    static FaultRule byChance(Frames frames, Outcome outcome, double share, Duration delay) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: " + share + " (expected: 0.0 to 1.0)");
        }
        return new FaultRule(frames, outcome, delay, share, UNCOUNTED);
    }

    static FaultRule next(Frames frames, Outcome outcome, int times, Duration delay) {
        if (times < 0) {
            throw new IllegalArgumentException("times: " + times + " (expected: >= 0)");
        }
        return new FaultRule(frames, outcome, delay, 0, times);
    }

    boolean isFor(FrameSubject subject) {
        return frames.include(subject.kind(), subject.address());
    }

    /** Whether the next of its frames has this fault. */
    boolean hits(Random random) {
        if (left == UNCOUNTED) {
            return random.nextDouble() < share;
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    Outcome outcome() {
        return outcome;
    }

    Duration delay() {
        return delay;
    }
}
