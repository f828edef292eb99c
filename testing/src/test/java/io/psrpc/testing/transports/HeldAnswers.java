package io.psrpc.testing.transports;

import io.psrpc.PsrpcException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A broker's answers that a test gives by hand, or that end with their connection. */
public final class HeldAnswers {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private record Held(FakeConnection connection, Runnable answer, Consumer<PsrpcException> failure) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Held> held = new ArrayDeque<>();

    HeldAnswers() {}

    void add(FakeConnection connection, Runnable answer, Consumer<PsrpcException> failure) {
        lock.lock();
        try {
            held.add(new Held(connection, answer, failure));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many there are. */
    public int count() {
        lock.lock();
        try {
            return held.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are at least {@code count}. */
    public void await(int count) {
        lock.lock();
        try {
            long left = PATIENCE_NANOS;
            while (held.size() < count) {
                if (left <= 0) {
                    throw new AssertionError("held answers: " + held.size() + " (expected: >= " + count + ")");
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError("held answers: interrupted", e);
        } finally {
            lock.unlock();
        }
    }

    /** Gives all of them, oldest first. */
    public void giveAll() {
        remove(one -> true).forEach(one -> one.answer.run());
    }

    /** Gives the newest alone, so that it overtakes the others. */
    public void giveNewest() {
        Held newest;
        lock.lock();
        try {
            newest = held.removeLast();
        } finally {
            lock.unlock();
        }
        newest.answer.run();
    }

    /** Fails those of one connection, which is gone. */
    void fail(FakeConnection connection) {
        remove(one -> one.connection == connection).forEach(one -> one.failure.accept(connection.notConnected()));
    }

    private List<Held> remove(Predicate<Held> which) {
        lock.lock();
        try {
            List<Held> removed = held.stream().filter(which).toList();
            held.removeAll(removed);
            return removed;
        } finally {
            lock.unlock();
        }
    }
}
