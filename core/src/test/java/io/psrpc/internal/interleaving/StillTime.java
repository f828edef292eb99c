package io.psrpc.internal.interleaving;

import io.psrpc.bus.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Stands still until it is advanced. A task runs, or its cancellation says that it does not. */
public final class StillTime implements Timekeeper {
    private static final class Task {
        private final long dueNanos;
        private final Runnable action;

        Task(long dueNanos, Runnable action) {
            this.dueNanos = dueNanos;
            this.action = action;
        }
    }

    private final List<Task> tasks = new ArrayList<>();
    private long nowNanos;

    @Override
    public synchronized long nanoTime() {
        return nowNanos;
    }

    @Override
    public synchronized Instant now() {
        return Instant.EPOCH.plusNanos(nowNanos);
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable action) {
        Task task = new Task(nowNanos + delay.toNanos(), action);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized boolean cancel(Task task) {
        return tasks.remove(task);
    }

    /** Runs what is due by then, on this thread. */
    public void advance(Duration by) {
        List<Task> due;
        synchronized (this) {
            nowNanos += by.toNanos();
            due = tasks.stream().filter(task -> task.dueNanos <= nowNanos).toList();
            tasks.removeAll(due);
        }
        due.forEach(task -> task.action.run());
    }

    public synchronized int pending() {
        return tasks.size();
    }
}
