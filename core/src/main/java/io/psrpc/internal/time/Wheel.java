package io.psrpc.internal.time;

import io.psrpc.internal.execution.EngineThread;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * A hashed timer wheel without a clock: tasks by tick. Adding and cancelling take constant time, at any number of pending tasks, and a
 * cancelled task leaves nothing behind.
 *
 * <p>The source of the idea: G. Varghese and T. Lauck, Hashed and Hierarchical Timing Wheels, scheme 6.
 */
final class Wheel {
    private static final System.Logger LOG = System.getLogger(Wheel.class.getName());
    private static final int BUCKETS = 4096;

    /**
     * By bucket, in one dense array: looking through all of it takes a few microseconds, and so tells the timer's thread how long it may
     * sleep. Written last when a task is added, so that whoever reads it afterwards finds the task.
     */
    private final AtomicLongArray earliest = new AtomicLongArray(BUCKETS);

    private final TimerBucket[] buckets = new TimerBucket[BUCKETS];
    private volatile boolean closed;
    private long lastTick = -1;

    Wheel() {
        for (int i = 0; i < BUCKETS; i++) {
            earliest.setPlain(i, TimerBucket.EMPTY);
            buckets[i] = new TimerBucket(i, earliest);
        }
    }

    /** Keeps {@code task} for the first {@link #expire} of this or a later tick. */
    TimerNode add(long tick, Runnable task) {
        TimerBucket bucket = buckets[indexOf(tick)];
        TimerNode node = new TimerNode(bucket, tick, task);
        bucket.add(node);
        return node;
    }

    /** Runs what is due, in the order of ticks unless it is late by more than a turn of the wheel. One thread at a time. */
    void expire(long nowTick) {
        EngineThread mark = EngineThread.enter();
        try {
            int start = indexOf(lastTick + 1);
            for (int i = 0; i < BUCKETS; i++) {
                int index = indexOf(start + i);
                if (earliest.get(index) <= nowTick) {
                    run(buckets[index].takeDue(nowTick));
                }
            }
            lastTick = nowTick;
        } finally {
            mark.exit();
        }
    }

    /** The tick before which nothing is due; {@link TimerBucket#EMPTY} if nothing is pending. */
    long earliest() {
        long result = TimerBucket.EMPTY;
        for (int i = 0; i < BUCKETS; i++) {
            result = Math.min(result, earliest.get(i));
        }
        return result;
    }

    int size() {
        int size = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (earliest.get(i) != TimerBucket.EMPTY) {
                size += buckets[i].size();
            }
        }
        return size;
    }

    /** What is pending never runs, and neither does what is added later. */
    void close() {
        closed = true;
        for (TimerBucket bucket : buckets) {
            bucket.close();
        }
    }

    private void run(@Nullable TimerNode first) {
        for (TimerNode node = first; node != null; ) {
            TimerNode following = node.next;
            node.next = null;
            Runnable task = closed ? null : node.takeDue();
            if (task != null) {
                run(task);
            }
            node = following;
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "A timer task failed", failure);
        }
    }

    private static int indexOf(long tick) {
        return (int) tick & (BUCKETS - 1);
    }
}
