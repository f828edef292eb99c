package io.psrpc.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.bus.Timekeeper.Cancellable;
import io.psrpc.internal.execution.EngineThread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WheelTest {
    private static final int TURN = 4096;

    private final Wheel wheel = new Wheel();
    private final List<String> log = new ArrayList<>();

    @Test
    void runsATaskAtItsTickAndNotBefore() {
        add(5, "a");
        wheel.expire(4);
        assertThat(log).isEmpty();
        wheel.expire(5);
        wheel.expire(6);
        assertThat(log).containsExactly("a");
        assertThat(wheel.size()).isZero();
    }

    @Test
    void runsTasksInTheOrderOfTheirTicks() {
        wheel.expire(TURN - 3);
        add(TURN + 2, "d");
        add(TURN - 1, "b");
        add(TURN - 2, "a");
        add(TURN, "c");
        wheel.expire(TURN + 10);
        assertThat(log).containsExactly("a", "b", "c", "d");
    }

    @Test
    void runsTasksOfOneTickInTheirOrder() {
        add(7, "a");
        add(7, "b");
        add(7, "c");
        wheel.expire(7);
        assertThat(log).containsExactly("a", "b", "c");
    }

    @Test
    void leavesTasksOfLaterTurnsInTheirBucket() {
        add(5 + TURN, "second");
        add(5, "first");
        add(5 + 3 * TURN, "fourth");
        wheel.expire(5);
        assertThat(log).containsExactly("first");
        assertThat(wheel.earliest()).isEqualTo(5 + TURN);
        wheel.expire(5 + TURN);
        assertThat(log).containsExactly("first", "second");
        assertThat(wheel.earliest()).isEqualTo(5 + 3 * TURN);
    }

    @Test
    void runsWhatWasMissedWhenItIsLateByManyTurns() {
        add(3, "a");
        add(TURN + 2, "b");
        add(9 * TURN, "c");
        wheel.expire(20 * TURN);
        assertThat(log).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void runsATaskThatIsAddedForAPastTickTheNextTime() {
        wheel.expire(100);
        add(50, "late");
        assertThat(wheel.earliest()).isEqualTo(50);
        wheel.expire(100);
        assertThat(log).containsExactly("late");
    }

    @Test
    void runsATaskOfTheFarthestTickNever() {
        add(Long.MAX_VALUE / 1_000_000, "never");
        wheel.expire(1_000_000);
        assertThat(log).isEmpty();
    }

    @Test
    void cancelledTaskNeitherRunsNorRemains() {
        Cancellable task = add(5, "a");
        assertThat(task.cancel()).isTrue();
        assertThat(task.cancel()).isFalse();
        assertThat(wheel.size()).isZero();
        assertThat(wheel.earliest()).isEqualTo(TimerBucket.EMPTY);
        wheel.expire(10);
        assertThat(log).isEmpty();
    }

    @Test
    void cancelsFromTheFrontTheMiddleAndTheEndOfABucket() {
        List<Cancellable> tasks = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d", "e")) {
            tasks.add(add(5, name));
        }
        for (int index : new int[] {0, 2, 4}) {
            assertThat(tasks.get(index).cancel()).isTrue();
        }
        wheel.expire(5);
        assertThat(log).containsExactly("b", "d");
    }

    @Test
    void hundredThousandCancelledTasksLeaveNothing() {
        List<Cancellable> tasks = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            tasks.add(add(10 + i % 10_000, "x"));
        }
        assertThat(wheel.size()).isEqualTo(100_000);
        tasks.forEach(Cancellable::cancel);
        assertThat(wheel.size()).isZero();
        assertThat(wheel.earliest()).isEqualTo(TimerBucket.EMPTY);
    }

    @Test
    void tooLateToCancelOnceItRuns() {
        Cancellable[] task = new Cancellable[1];
        task[0] = wheel.add(1, () -> log.add("cancelled inside: " + task[0].cancel()));
        wheel.expire(1);
        assertThat(log).containsExactly("cancelled inside: false");
        assertThat(task[0].cancel()).isFalse();
    }

    @Test
    void dueTaskCanStillBeCancelledByOneBeforeIt() {
        Cancellable[] second = new Cancellable[1];
        wheel.add(1, () -> log.add("cancelled: " + second[0].cancel()));
        second[0] = add(1, "b");
        wheel.expire(1);
        assertThat(log).containsExactly("cancelled: true");
    }

    @Test
    void failingTaskStopsNoOther() {
        wheel.add(1, () -> {
            throw new IllegalStateException("thrown on purpose");
        });
        add(1, "b");
        add(2, "c");
        wheel.expire(2);
        assertThat(log).containsExactly("b", "c");
    }

    @Test
    void taskMayScheduleAnother() {
        wheel.add(1, () -> add(2, "next"));
        wheel.expire(1);
        assertThat(log).isEmpty();
        wheel.expire(2);
        assertThat(log).containsExactly("next");
    }

    @Test
    void tasksRunOnAnEngineThread() {
        wheel.add(1, () -> log.add("engine: " + EngineThread.isCurrent()));
        wheel.expire(1);
        assertThat(log).containsExactly("engine: true");
        assertThat(EngineThread.isCurrent()).isFalse();
    }

    @Test
    void nothingRunsOnAClosedWheel() {
        Cancellable before = add(5, "a");
        wheel.close();
        Cancellable after = add(5, "b");
        wheel.expire(10);
        assertThat(log).isEmpty();
        assertThat(wheel.size()).isZero();
        assertThat(before.cancel()).isTrue();
        assertThat(before.cancel()).isFalse();
        assertThat(after.cancel()).isTrue();
    }

    @Test
    void taskThatClosesTheWheelIsTheLast() {
        wheel.add(1, wheel::close);
        Cancellable other = add(1, "b");
        wheel.expire(1);
        assertThat(log).isEmpty();
        assertThat(other.cancel()).isTrue();
    }

    private Cancellable add(long tick, String name) {
        return wheel.add(tick, () -> log.add(name));
    }
}
