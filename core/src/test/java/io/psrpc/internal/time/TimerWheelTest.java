package io.psrpc.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.bus.Timekeeper.Cancellable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TimerWheelTest {
    private static final long LIMIT_SECONDS = 60;

    private final TimerWheel timer = new TimerWheel();

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void roundsUpToTicks() {
        assertThat(TimerWheel.dueTick(0, 0)).isZero();
        assertThat(TimerWheel.dueTick(1, 0)).isEqualTo(1);
        assertThat(TimerWheel.dueTick(999_999, 2)).isEqualTo(2);
        assertThat(TimerWheel.dueTick(0, 5_000_000)).isEqualTo(5);
        assertThat(TimerWheel.dueTick(1, 5_000_000)).isEqualTo(6);
    }

    @Test
    void longDelaysSaturateAndNegativeOnesAreNone() {
        long longest = TimerWheel.delayNanos(ChronoUnit.FOREVER.getDuration());
        assertThat(longest).isEqualTo(TimerWheel.delayNanos(Duration.ofDays(400 * 365)));
        assertThat(TimerWheel.dueTick(Duration.ofDays(100 * 365).toNanos(), longest))
                .isPositive();
        assertThat(TimerWheel.delayNanos(Duration.ofDays(100 * 365)))
                .isEqualTo(Duration.ofDays(100 * 365).toNanos());
        assertThat(TimerWheel.delayNanos(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    }

    @Test
    void runsATaskOnADaemonThreadOfItsOwn() throws Exception {
        CompletableFuture<Thread> ranOn = new CompletableFuture<>();
        timer.schedule(Duration.ofMillis(1), () -> ranOn.complete(Thread.currentThread()));
        Thread thread = ranOn.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(thread.getName()).startsWith("psrpc-timer-");
        assertThat(thread.isDaemon()).isTrue();
    }

    @Test
    void soonerTaskWakesTheThread() throws Exception {
        timer.schedule(Duration.ofHours(1), () -> {});
        for (int i = 0; i < 500; i++) {
            CountDownLatch ran = new CountDownLatch(1);
            timer.schedule(Duration.ZERO, ran::countDown);
            assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(timer.pending()).isEqualTo(1);
    }

    @Test
    void neverRunsATaskEarly() throws Exception {
        int tasks = 300;
        Random random = new Random(7);
        AtomicLong earliest = new AtomicLong(Long.MAX_VALUE);
        CountDownLatch ran = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            long nanos = random.nextInt(50_000_000);
            long start = System.nanoTime();
            timer.schedule(Duration.ofNanos(nanos), () -> {
                long late = System.nanoTime() - start - nanos;
                earliest.accumulateAndGet(late, Math::min);
                ran.countDown();
            });
        }
        assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(earliest.get()).isNotNegative();
    }

    @Test
    void tasksOfManyThreadsAllRun() throws Exception {
        int threads = 4;
        int each = 5_000;
        CountDownLatch ran = new CountDownLatch(threads * each);
        for (int t = 0; t < threads; t++) {
            Random random = new Random(t);
            new Thread(() -> {
                        for (int i = 0; i < each; i++) {
                            timer.schedule(Duration.ofNanos(random.nextInt(3_000_000)), ran::countDown);
                        }
                    })
                    .start();
        }
        assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void failingTaskDoesNotEndTheTimer() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        timer.schedule(Duration.ZERO, () -> {
            throw new IllegalStateException("thrown on purpose");
        });
        timer.schedule(Duration.ofMillis(5), ran::countDown);
        assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void interruptDoesNotEndTheTimer() throws Exception {
        CountDownLatch ran = new CountDownLatch(1);
        timer.schedule(Duration.ZERO, () -> Thread.currentThread().interrupt());
        timer.schedule(Duration.ofMillis(5), ran::countDown);
        assertThat(ran.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void closeEndsTheThread() throws Exception {
        CompletableFuture<Thread> ranOn = new CompletableFuture<>();
        timer.schedule(Duration.ZERO, () -> ranOn.complete(Thread.currentThread()));
        Thread thread = ranOn.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        timer.schedule(Duration.ofHours(1), () -> {});
        timer.close();
        timer.close();
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        assertThat(thread.isAlive()).isFalse();
        assertThat(timer.pending()).isZero();
    }

    @Test
    void taskAfterCloseNeverRuns() {
        timer.close();
        Cancellable task = timer.schedule(Duration.ZERO, () -> {});
        assertThat(timer.pending()).isZero();
        assertThat(task.cancel()).isTrue();
    }
}
