package io.psrpc.internal.subscription;

import io.psrpc.bus.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Stands still until it is advanced. */
final class FakeTime implements Timekeeper {
    private record Task(long dueNanos, Runnable action) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition scheduled = lock.newCondition();
    private final List<Task> tasks = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 1_000;

    @Override
    public long nanoTime() {
        lock.lock();
        try {
            return nowNanos;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable action) {
        lock.lock();
        try {
            Task task = new Task(nowNanos + delay.toNanos(), action);
            tasks.add(task);
            scheduled.signalAll();
            return () -> cancel(task);
        } finally {
            lock.unlock();
        }
    }

    /** Runs what is due by then, on this thread. */
    void advance(Duration by) {
        List<Task> due = new ArrayList<>();
        lock.lock();
        try {
            nowNanos += by.toNanos();
            tasks.stream().filter(task -> task.dueNanos - nowNanos <= 0).forEach(due::add);
            tasks.removeAll(due);
        } finally {
            lock.unlock();
        }
        due.forEach(task -> task.action.run());
    }

    /** Returns once someone waits for time to pass. */
    void awaitScheduled() {
        lock.lock();
        try {
            while (tasks.isEmpty()) {
                scheduled.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    int pending() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean cancel(Task task) {
        lock.lock();
        try {
            return tasks.remove(task);
        } finally {
            lock.unlock();
        }
    }
}
