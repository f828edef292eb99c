package io.psrpc.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

final class SerialQueueTest {
    private final List<Integer> log = new ArrayList<>();

    @Test
    void runsTasksOfEachSubmitterInOrderAndOneAtATime() throws Exception {
        int threads = 3;
        int each = 30_000;
        ExecutorService pool = Executors.newFixedThreadPool(3);
        SerialQueue queue = new SerialQueue(pool);
        CountDownLatch ran = new CountDownLatch(threads * each);
        int[] next = new int[threads];
        AtomicInteger wrong = new AtomicInteger();
        for (int t = 0; t < threads; t++) {
            int me = t;
            new Thread(() -> IntStream.range(0, each)
                            .forEach(i -> queue.execute(() -> {
                                if (next[me]++ != i) {
                                    wrong.incrementAndGet();
                                }
                                ran.countDown();
                            })))
                    .start();
        }
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.get()).isZero();
        pool.shutdown();
    }

    @Test
    void makesRoomForOthersAfter64Tasks() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        SerialQueue queue = new SerialQueue(waiting::add);
        assertThat(queue.isIdle()).isTrue();
        submit(queue, 100);
        assertThat(waiting).hasSize(1);
        waiting.remove().run();
        assertThat(log).hasSize(64);
        assertThat(queue.isIdle()).isFalse();
        waiting.remove().run();
        assertThat(log).hasSize(100).isSorted();
        assertThat(queue.isIdle()).isTrue();
        assertThat(waiting).isEmpty();
    }

    @Test
    void goesOnAfterItWasEmpty() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        SerialQueue queue = new SerialQueue(waiting::add);
        submit(queue, 1);
        waiting.remove().run();
        submit(queue, 1);
        waiting.remove().run();
        assertThat(log).hasSize(2);
    }

    @Test
    void hundredThousandNestedTasksDoNotGrowTheStack() {
        SerialQueue queue = new SerialQueue(Runnable::run);
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            log.add(log.size());
            if (log.size() < 100_000) {
                queue.execute(again[0]);
            }
        };
        queue.execute(again[0]);
        assertThat(log).hasSize(100_000);
    }

    @Test
    void directExecutorRunsALongQueueWithoutGrowingTheStack() {
        Queue<Runnable> waiting = new ArrayDeque<>();
        SerialQueue queue = new SerialQueue(task -> {
            if (waiting.isEmpty()) {
                waiting.add(task);
            } else {
                task.run();
            }
        });
        submit(queue, 100_000);
        waiting.element().run();
        assertThat(log).hasSize(100_000).isSorted();
    }

    @Test
    void rejectedTasksRunOnTheSubmittersThread() {
        SerialQueue queue = new SerialQueue(task -> {
            throw new RejectedExecutionException("full");
        });
        submit(queue, 200);
        assertThat(log).hasSize(200).isSorted();
    }

    @Test
    void executorThatRunsAndThenFailsRunsNothingTwice() {
        SerialQueue queue = new SerialQueue(task -> {
            task.run();
            throw new IllegalStateException("thrown on purpose");
        });
        submit(queue, 200);
        assertThat(log).hasSize(200).isSorted();
    }

    @Test
    void failingTaskStopsNoOther() {
        SerialQueue queue = new SerialQueue(Runnable::run);
        queue.execute(() -> {
            throw new IllegalStateException("thrown on purpose");
        });
        submit(queue, 1);
        assertThat(log).hasSize(1);
    }

    @Test
    void noTaskIsLeftBehindInAnyInterleaving() {
        Lincheck.runConcurrentTest(300, () -> {
            AtomicInteger ran = new AtomicInteger();
            SerialQueue queue = new SerialQueue(Runnable::run);
            Thread other = new Thread(() -> queue.execute(ran::incrementAndGet));
            other.start();
            queue.execute(ran::incrementAndGet);
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (ran.get() != 2) {
                throw new AssertionError("ran: " + ran + " (expected: 2)");
            }
        });
    }

    private void submit(SerialQueue queue, int tasks) {
        IntStream.range(0, tasks).forEach(i -> queue.execute(() -> log.add(i)));
    }
}
