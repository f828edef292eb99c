package io.psrpc.testing;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How long a test waits, in real time, for what other threads do; only one that fails gets to the end of it. */
final class Patience {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private Patience() {}

    /** Waits until {@code isDone}, which is looked at under the lock and whenever {@code changed} is signalled. */
    static void await(ReentrantLock lock, Condition changed, BooleanSupplier isDone, Supplier<String> unmet) {
        lock.lock();
        try {
            long left = LIMIT.toNanos();
            while (!isDone.getAsBoolean()) {
                if (left <= 0) {
                    throw new AssertionError(unmet.get() + " within " + LIMIT.toSeconds() + " s");
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(unmet.get() + " before the interrupt", e);
        } finally {
            lock.unlock();
        }
    }
}
