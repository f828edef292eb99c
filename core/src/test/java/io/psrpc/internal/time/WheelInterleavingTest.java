package io.psrpc.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.Test;

/** Either a task runs, or its cancellation says that it does not. */
final class WheelInterleavingTest {
    private static final int INTERLEAVINGS = 300;

    @Test
    void taskRunsOrIsCancelledInEveryInterleaving() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            TimerBucketRace race = new TimerBucketRace();
            Thread canceller = new Thread(race::cancel);
            Thread timer = new Thread(race::expire);
            canceller.start();
            timer.start();
            join(canceller);
            join(timer);
            race.check();
        });
    }

    @Test
    void stressedTaskRunsOrIsCancelled() throws InterruptedException {
        Wheel wheel = new Wheel();
        AtomicBoolean isOver = new AtomicBoolean();
        AtomicInteger tick = new AtomicInteger();
        Thread timer = new Thread(() -> {
            while (!isOver.get()) {
                wheel.expire(tick.incrementAndGet());
            }
        });
        timer.start();
        for (int i = 0; i < 200_000; i++) {
            AtomicInteger runs = new AtomicInteger();
            TimerNode node = wheel.add(tick.get() + (i & 1), runs::incrementAndGet);
            boolean isCancelled = node.cancel();
            assertThat(node.cancel()).isFalse();
            while (!isCancelled && runs.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(runs.get()).isEqualTo(isCancelled ? 0 : 1);
        }
        isOver.set(true);
        timer.join();
        assertThat(wheel.size()).isZero();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
