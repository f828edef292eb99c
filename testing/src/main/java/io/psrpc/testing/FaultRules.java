package io.psrpc.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.testing.Faults.Fate;
import io.psrpc.testing.Faults.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;

/** The faults of a network, of which each frame has at most one: the first that hits it. */
final class FaultRules {
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Random random;

    @GuardedBy("lock")
    private final List<FaultRule> rules = new ArrayList<>();

    FaultRules(long seed) {
        random = new Random(seed);
    }

    void add(FaultRule rule) {
        lock.lock();
        try {
            rules.add(rule);
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            rules.clear();
        } finally {
            lock.unlock();
        }
    }

    Fate draw(FrameSubject subject) {
        lock.lock();
        try {
            for (FaultRule rule : rules) {
                if (rule.isFor(subject) && rule.hits(random)) {
                    return subject.fate(rule.outcome(), rule.delay());
                }
            }
            return subject.fate(Outcome.PASSED, Duration.ZERO);
        } finally {
            lock.unlock();
        }
    }

    /** Whether no rule is for such a frame. */
    boolean isQuiet(FrameSubject subject) {
        lock.lock();
        try {
            return rules.stream().noneMatch(rule -> rule.isFor(subject));
        } finally {
            lock.unlock();
        }
    }
}
