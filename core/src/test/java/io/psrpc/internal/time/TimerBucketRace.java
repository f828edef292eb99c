package io.psrpc.internal.time;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/** Two tasks in one bucket, one thread that cancels both and one that runs what is due. */
final class TimerBucketRace {
    private final AtomicLongArray earliest = new AtomicLongArray(new long[] {TimerBucket.EMPTY});
    private final TimerBucket bucket = new TimerBucket(0, earliest);
    private final TimerNode[] nodes = new TimerNode[2];
    private final AtomicInteger[] outcomes = {new AtomicInteger(), new AtomicInteger()};

    TimerBucketRace() {
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new TimerNode(bucket, 1, outcomes[i]::incrementAndGet);
            bucket.add(nodes[i]);
        }
    }

    void cancel() {
        for (int i = nodes.length - 1; i >= 0; i--) {
            if (nodes[i].cancel()) {
                outcomes[i].addAndGet(10);
            }
        }
    }

    void expire() {
        for (TimerNode node = bucket.takeDue(1); node != null; node = node.next) {
            Runnable task = node.takeDue();
            if (task != null) {
                task.run();
            }
        }
    }

    void check() {
        for (AtomicInteger outcome : outcomes) {
            if (outcome.get() != 1 && outcome.get() != 10) {
                throw new AssertionError("outcome: " + outcome + " (expected: 1, it ran, or 10, it was cancelled)");
            }
        }
        if (bucket.size() != 0 || earliest.get(0) != TimerBucket.EMPTY) {
            throw new AssertionError("bucket: " + bucket.size() + " tasks (expected: none)");
        }
    }
}
