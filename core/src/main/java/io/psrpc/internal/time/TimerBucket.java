package io.psrpc.internal.time;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.internal.time.TimerNode.State;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of every 4,096th tick, oldest first. Its monitor guards its list and its nodes; it is held for a few instructions only and
 * never while a task runs.
 */
final class TimerBucket {
    static final long EMPTY = Long.MAX_VALUE;

    private final int index;
    /** Shared by all buckets: a lower bound of the ticks in each, exact after an insertion; {@link #EMPTY} exactly when there are none. */
    private final AtomicLongArray earliest;

    @GuardedBy("this")
    private @Nullable TimerNode head;

    @GuardedBy("this")
    private @Nullable TimerNode tail;

    @GuardedBy("this")
    private int size;

    @GuardedBy("this")
    private boolean closed;

    TimerBucket(int index, AtomicLongArray earliest) {
        this.index = index;
        this.earliest = earliest;
    }

    synchronized void add(TimerNode node) {
        if (closed) {
            node.become(State.ABANDONED);
            return;
        }
        node.become(State.PENDING);
        TimerNode last = tail;
        node.previous = last;
        if (last == null) {
            head = node;
        } else {
            last.next = node;
        }
        tail = node;
        size++;
        if (node.tick < earliest.getPlain(index)) {
            earliest.set(index, node.tick);
        }
    }

    @GuardedBy("this")
    void unlink(TimerNode node) {
        TimerNode before = node.previous;
        TimerNode after = node.next;
        if (before == null) {
            head = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            tail = before;
        } else {
            after.previous = before;
        }
        node.previous = null;
        node.next = null;
        size--;
        if (head == null) {
            earliest.set(index, EMPTY);
        }
    }

    /** Takes out what is due, as a chain by {@code next}. The caller then asks each for {@link TimerNode#takeDue}. */
    synchronized @Nullable TimerNode takeDue(long nowTick) {
        TimerNode first = null;
        TimerNode last = null;
        long rest = EMPTY;
        for (TimerNode node = head; node != null; ) {
            TimerNode following = node.next;
            if (node.tick <= nowTick) {
                unlink(node);
                node.become(State.DUE);
                if (last == null) {
                    first = node;
                } else {
                    last.next = node;
                }
                last = node;
            } else {
                rest = Math.min(rest, node.tick);
            }
            node = following;
        }
        earliest.set(index, rest);
        return first;
    }

    /** Abandons what is here and whatever comes. */
    synchronized void close() {
        closed = true;
        for (TimerNode node = head; node != null; ) {
            TimerNode following = node.next;
            unlink(node);
            node.become(State.ABANDONED);
            node = following;
        }
    }

    synchronized int size() {
        return size;
    }
}
