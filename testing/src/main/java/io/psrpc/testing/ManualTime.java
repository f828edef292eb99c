package io.psrpc.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.bus.Timekeeper;
import io.psrpc.internal.execution.EngineThread;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until it is advanced, and runs what falls due on the thread that advances it. Starts at {@link #START}.
 * Safe for use from any thread; give it to a bus with {@link io.psrpc.bus.BusOptions.Builder#time}.
 *
 * <p>What the engine has handed to an executor goes on in real time: before advancing over a point that other threads lead up to, wait
 * until they have got there, with {@link #awaitTimers} or {@link Faults#await}.
 */
public final class ManualTime implements Timekeeper {
    /** What {@link #now()} is at first. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** The numbers pass their end a second later, as they may: whoever compares them instead of subtracting them is found out. */
    private static final long FIRST_NANO_TIME =
            Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    private static final Comparator<Task> IN_TIME_ORDER =
            Comparator.<Task>comparingLong(task -> task.dueNanos).thenComparingLong(task -> task.sequence);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(IN_TIME_ORDER);

    @GuardedBy("lock")
    private long nanos;

    @GuardedBy("lock")
    private long nextSequence;

    @GuardedBy("lock")
    private @Nullable Thread advancing;

    /** A clock at {@link #START}, with nothing scheduled. */
    public ManualTime() {}

    /**
     * Nanoseconds from an arbitrary point, as {@link System#nanoTime}: only the difference between two of them says anything, and they
     * overflow early. While a task runs, the time at which it is due.
     */
    @Override
    public long nanoTime() {
        return FIRST_NANO_TIME + advancedNanos();
    }

    /** {@link #START} and as far as it has been advanced. */
    @Override
    public Instant now() {
        return START.plusNanos(advancedNanos());
    }

    private long advancedNanos() {
        lock.lock();
        try {
            return nanos;
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code task} in the {@link #advance} that reaches its time; one that is due at once, in the next. */
    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        Objects.requireNonNull(task, "task");
        lock.lock();
        try {
            Task scheduled = new Task(after(delay), nextSequence++, task);
            tasks.add(scheduled);
            changed.signalAll();
            return () -> cancel(scheduled);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Moves the clock on, and runs on this thread what falls due on the way, in the order of its times, also what is scheduled
     * meanwhile. A second thread that advances waits for the first.
     *
     * @param by zero runs what is due already
     * @throws IllegalArgumentException if {@code by} is negative
     * @throws IllegalStateException if a task that is being run advances
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by: " + by + " (expected: >= 0)");
        }
        begin();
        try {
            long target = after(by);
            for (Task due = nextDue(target); due != null; due = nextDue(target)) {
                EngineThread.run(due.action);
            }
        } finally {
            end();
        }
    }

    /** How many tasks wait for their time. */
    public int pendingTimers() {
        lock.lock();
        try {
            return tasks.size();
        } finally {
            lock.unlock();
        }
    }

    /** The tasks that wait for their time: when they are due, and which class has scheduled them. */
    List<String> pendingTasks() {
        lock.lock();
        try {
            long now = nanos;
            return tasks.stream()
                    .sorted(IN_TIME_ORDER)
                    .map(task -> "timer due in " + Duration.ofNanos(task.dueNanos - now) + ", of " + task.owner())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits in real time until at least {@code pending} tasks wait for theirs: the way to know that a call on another thread has got as
     * far as it gets.
     *
     * @throws AssertionError if that is not so within 10 s
     */
    @SuppressWarnings("GuardedBy") // what Patience is given it calls under the lock
    public void awaitTimers(int pending) {
        Patience.await(
                lock,
                changed,
                () -> tasks.size() >= pending,
                () -> "pending timers: " + tasks.size() + " (expected: >= " + pending + ")");
    }

    @SuppressWarnings("GuardedBy") // what Patience is given it calls under the lock
    private void begin() {
        lock.lock();
        try {
            if (advancing == Thread.currentThread()) {
                throw new IllegalStateException("advance: called by a task (expected: by a test)");
            }
            Patience.await(lock, changed, () -> advancing == null, () -> "advance: busy on " + advancing);
            advancing = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            advancing = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the next task up to the target, at whose time the clock then stands; without one, the clock stands at the target. */
    private @Nullable Task nextDue(long target) {
        lock.lock();
        try {
            Task next = tasks.peek();
            if (next == null || next.dueNanos > target) {
                nanos = target;
                return null;
            }
            tasks.remove();
            nanos = Math.max(nanos, next.dueNanos);
            return next;
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

    /** The clock's standing so much later; the end of time for what is beyond it. */
    private long after(Duration delay) {
        if (delay.isNegative()) {
            return advancedNanos();
        }
        try {
            return Math.addExact(advancedNanos(), delay.toNanos());
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private static final class Task {
        private final long dueNanos;
        private final long sequence;
        private final Runnable action;

        Task(long dueNanos, long sequence, Runnable action) {
            this.dueNanos = dueNanos;
            this.sequence = sequence;
            this.action = action;
        }

        /** Of a lambda, the class that it stands in. */
        String owner() {
            String name = action.getClass().getName();
            int lambda = name.indexOf("$$Lambda");
            return lambda < 0 ? name : name.substring(0, lambda);
        }
    }
}
