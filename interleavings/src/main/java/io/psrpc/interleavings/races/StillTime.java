package io.psrpc.interleavings.races;

import io.psrpc.bus.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stands still until it is advanced. A task runs, or its cancellation says that it does not. */
final class StillTime implements Timekeeper {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** The wall clock at the beginning, as it stands on the wire. */
    static final long START_NANOS = START.getEpochSecond() * 1_000_000_000L;

    /** Each its own: a record would be equal to its like. */
    private static final class Task {
        private final long atNanos;
        private final Runnable action;

        Task(long atNanos, Runnable action) {
            this.atNanos = atNanos;
            this.action = action;
        }
    }

    /** Guarded by this object's monitor, as is the other. */
    private final List<Task> tasks = new ArrayList<>();

    private long nanos;

    @Override
    public synchronized long nanoTime() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable action) {
        Task task = new Task(nanos + Math.max(0, delay.toNanos()), action);
        tasks.add(task);
        return () -> cancel(task);
    }

    private synchronized boolean cancel(Task task) {
        return tasks.remove(task);
    }

    synchronized int pending() {
        return tasks.size();
    }

    /** Runs what falls due, on this thread. */
    void advance(Duration by) {
        synchronized (this) {
            nanos += by.toNanos();
        }
        for (Task due = takeDue(); due != null; due = takeDue()) {
            due.action.run();
        }
    }

    private synchronized @Nullable Task takeDue() {
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i).atNanos <= nanos) {
                return tasks.remove(i);
            }
        }
        return null;
    }
}
