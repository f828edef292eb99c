package io.psrpc.internal.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool.ManagedBlocker;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkerPoolTest {
    private final WorkerPool pool = new WorkerPool("test-", 4, 64, 8);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void startsNoThreadBeforeItsFirstTask() {
        assertThat(pool.threads()).isZero();
    }

    @Test
    void runsAsManyBlockedTasksAtATimeAsItHasThreads() throws Exception {
        CountDownLatch running = new CountDownLatch(4);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            execute(() -> {
                running.countDown();
                awaitForced(release);
            });
        }
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void takesNoMoreThanMayWait() throws Exception {
        CountDownLatch running = new CountDownLatch(4);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            execute(() -> {
                running.countDown();
                awaitForced(release);
            });
        }
        assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
        CountDownLatch ran = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            execute(ran::countDown);
        }
        assertThat(pool.tryExecute(UserTask.handler(() -> {}))).isFalse();
        release.countDown();
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        CountDownLatch again = new CountDownLatch(1);
        execute(again::countDown);
        assertThat(again.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksThatBlockForOthersOfTheirPoolEnd() throws Exception {
        CountDownLatch running = new CountDownLatch(4);
        CountDownLatch ended = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            execute(() -> {
                running.countDown();
                awaitForced(running);
                CountDownLatch inner = new CountDownLatch(1);
                execute(inner::countDown);
                block(inner);
                ended.countDown();
            });
        }
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void tasksThatJoinFuturesOfTheirPoolEnd() throws Exception {
        CountDownLatch running = new CountDownLatch(4);
        CountDownLatch ended = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            execute(() -> {
                running.countDown();
                awaitForced(running);
                CompletableFuture<Void> inner = new CompletableFuture<>();
                execute(() -> inner.complete(null));
                inner.join();
                ended.countDown();
            });
        }
        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void blockingOneAtATimeStartsNoThreadEach() throws Exception {
        WorkerPool large = new WorkerPool("test-", 256, 1_024, 8);
        for (int i = 0; i < 300; i++) {
            CountDownLatch inner = new CountDownLatch(1);
            CountDownLatch outer = new CountDownLatch(1);
            large.tryExecute(UserTask.handler(() -> {
                large.tryExecute(UserTask.handler(inner::countDown));
                block(inner);
                outer.countDown();
            }));
            assertThat(outer.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(large.threads()).isLessThan(128);
        large.close();
    }

    @Test
    void interruptMeantForOneTaskDoesNotReachTheNext() throws Exception {
        WorkerPool single = new WorkerPool("test-", 1, 1, 8);
        CompletableFuture<Boolean> isInterrupted = new CompletableFuture<>();
        single.tryExecute(UserTask.handler(() -> {
            single.tryExecute(UserTask.handler(
                    () -> isInterrupted.complete(Thread.currentThread().isInterrupted())));
            Thread.currentThread().interrupt();
        }));
        assertThat(isInterrupted.get(60, TimeUnit.SECONDS)).isFalse();
        single.close();
    }

    @Test
    void runsWhatItTookBeforeItWasClosed() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            execute(() -> {
                awaitForced(release);
                ran.countDown();
            });
        }
        pool.close();
        assertThat(pool.tryExecute(UserTask.handler(() -> {}))).isFalse();
        release.countDown();
        assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private void execute(Runnable task) {
        assertThat(pool.tryExecute(UserTask.handler(task))).isTrue();
    }

    private static void awaitForced(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void block(CountDownLatch latch) {
        try {
            Workers.block(new ManagedBlocker() {
                @Override
                public boolean block() throws InterruptedException {
                    latch.await();
                    return true;
                }

                @Override
                public boolean isReleasable() {
                    return latch.getCount() == 0;
                }
            });
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
