package io.psrpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.psrpc.bus.Timekeeper.Cancellable;
import io.psrpc.internal.execution.EngineThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    private final ManualTime time = new ManualTime();
    private final long start = time.nanoTime();
    private final List<String> ran = new ArrayList<>();

    @Test
    void startsAtAFixedInstantAndStandsStill() {
        assertThat(time.now()).isEqualTo(ManualTime.START);
        assertThat(time.nanoTime()).isEqualTo(start);
    }

    @Test
    void runsWhatFallsDueInTheOrderOfItsTimes() {
        schedule(30, "late");
        schedule(10, "early");
        schedule(10, "early too");
        schedule(31, "not yet");

        time.advance(Duration.ofMillis(30));

        assertThat(ran).containsExactly("early at 10", "early too at 10", "late at 30");
        assertThat(time.pendingTimers()).isOne();
        assertThat(time.now()).isEqualTo(ManualTime.START.plusMillis(30));
    }

    @Test
    void runsWhatIsScheduledMeanwhileIfItFallsInside() {
        time.schedule(Duration.ofMillis(10), () -> {
            schedule(10, "inside");
            schedule(30, "outside");
        });

        time.advance(Duration.ofMillis(35));

        assertThat(ran).containsExactly("inside at 20");
        time.advance(Duration.ofMillis(5));
        assertThat(ran).containsExactly("inside at 20", "outside at 40");
    }

    @Test
    void aTaskThatIsDueAtOnceWaitsForTheNextAdvance() {
        schedule(0, "now");
        assertThat(ran).isEmpty();

        time.advance(Duration.ZERO);

        assertThat(ran).containsExactly("now at 0");
    }

    @Test
    void aCancelledTaskDoesNotRun() {
        Cancellable task = time.schedule(Duration.ofMillis(1), () -> ran.add("cancelled"));

        assertThat(task.cancel()).isTrue();
        assertThat(task.cancel()).isFalse();
        time.advance(Duration.ofSeconds(1));

        assertThat(ran).isEmpty();
    }

    @Test
    void aTaskThatHasRunCannotBeCancelled() {
        Cancellable task = time.schedule(Duration.ofMillis(1), () -> {});
        time.advance(Duration.ofMillis(1));

        assertThat(task.cancel()).isFalse();
    }

    @Test
    void tasksRunOnTheAdvancingThreadWhichMayNotBlock() {
        List<Object> seen = new ArrayList<>();
        time.schedule(Duration.ZERO, () -> seen.addAll(List.of(Thread.currentThread(), EngineThread.isCurrent())));

        time.advance(Duration.ZERO);

        assertThat(seen).containsExactly(Thread.currentThread(), true);
        assertThat(EngineThread.isCurrent()).isFalse();
    }

    @Test
    void aTaskCannotAdvance() {
        time.schedule(Duration.ZERO, () -> time.advance(Duration.ofMillis(1)));

        assertThatThrownBy(() -> time.advance(Duration.ZERO)).hasMessageStartingWith("advance: ");
    }

    @Test
    void aFailedTaskEndsItsAdvanceAlone() {
        time.schedule(Duration.ZERO, () -> {
            throw new IllegalStateException("broken");
        });
        schedule(1, "next");

        assertThatThrownBy(() -> time.advance(Duration.ofMillis(1))).hasMessage("broken");
        time.advance(Duration.ofMillis(1));

        assertThat(ran).containsExactly("next at 1");
    }

    @Test
    void awaitTimersReturnsWhenAnotherThreadHasScheduledThem() {
        CompletableFuture<Void> scheduling = CompletableFuture.runAsync(() -> {
            schedule(10, "one");
            schedule(20, "two");
        });

        time.awaitTimers(2);

        assertThat(time.pendingTimers()).isEqualTo(2);
        scheduling.join();
    }

    @Test
    void aDelayBeyondAllTimeNeverFallsDue() {
        time.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> ran.add("never"));

        time.advance(Duration.ofDays(10_000));

        assertThat(ran).isEmpty();
    }

    private void schedule(int millis, String name) {
        time.schedule(Duration.ofMillis(millis), () -> ran.add(name + " at " + (time.nanoTime() - start) / 1_000_000));
    }
}
