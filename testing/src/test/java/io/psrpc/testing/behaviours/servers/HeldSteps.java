package io.psrpc.testing.behaviours.servers;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Steps that happen at once, or, while they are held, one after the other when the test lets them go. */
final class HeldSteps {
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean isHolding;

    /** From here on. */
    void hold() {
        lock.lock();
        try {
            isHolding = true;
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait, in their order, and from here on all that come. */
    void letGo() {
        for (Runnable step = nextOrEnd(); step != null; step = nextOrEnd()) {
            step.run();
        }
    }

    private @Nullable Runnable nextOrEnd() {
        lock.lock();
        try {
            Runnable next = waiting.poll();
            isHolding = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Those that wait now; what they lead to waits. */
    void letGoSoFar() {
        Deque<Runnable> given;
        lock.lock();
        try {
            given = new ArrayDeque<>(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        given.forEach(Runnable::run);
    }

    /** How many wait. */
    int count() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Now, or when it is let go. */
    void run(Runnable step) {
        lock.lock();
        try {
            if (isHolding) {
                waiting.add(step);
                return;
            }
        } finally {
            lock.unlock();
        }
        step.run();
    }
}
