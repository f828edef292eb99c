package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Where code blocks until the test opens it. */
final class Gate {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch open = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private int arrivals;

    /** Blocks until it is open. */
    void pass() {
        try {
            passInterruptibly();
        } catch (InterruptedException e) {
            throw new AssertionError("gate: interrupted", e);
        }
    }

    void passInterruptibly() throws InterruptedException {
        lock.lock();
        try {
            arrivals++;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        assertThat(open.await(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("gate opened")
                .isTrue();
    }

    /** Waits until so many have come, in all. */
    void await(int count) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (arrivals < count && left > 0) {
                left = arrived.awaitNanos(left);
            }
            assertThat(arrivals).as("arrivals at the gate").isGreaterThanOrEqualTo(count);
        } catch (InterruptedException e) {
            throw new AssertionError("gate: interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** How many have come. */
    int arrivals() {
        lock.lock();
        try {
            return arrivals;
        } finally {
            lock.unlock();
        }
    }

    /** For good. */
    void open() {
        open.countDown();
    }
}
