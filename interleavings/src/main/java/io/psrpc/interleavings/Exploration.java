package io.psrpc.interleavings;

import io.psrpc.interleavings.races.NamedRace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pastalab.fray.core.observers.ResourceOrderingCoverage;

/** One race and how far it has been explored. Its runs follow from its name: the tenth is the same every time. */
final class Exploration {
    private static final List<Schedule> SCHEDULES = List.of(Schedule.values());

    private final NamedRace race;
    private final Stage stage;
    private final ResourceOrderingCoverage seen = new ResourceOrderingCoverage();
    private int runs;
    private int choices = 1;
    private @Nullable Finding finding;

    Exploration(NamedRace race, Stage stage) {
        this.race = race;
        this.stage = stage;
    }

    /** Runs it once more, each time in the next way of choosing, unless something has been found. */
    void goOn() throws InterruptedException {
        if (finding == null) {
            Schedule schedule = SCHEDULES.get(runs % SCHEDULES.size());
            runs++;
            run(schedule);
        }
    }

    private void run(Schedule schedule) throws InterruptedException {
        long seed = 31L * race.toString().hashCode() + runs;
        int expected = choices;
        Fair scheduler = schedule.scheduler(seed, expected);
        Throwable thrown = stage.run(race, scheduler, seen);
        choices = Math.max(choices, scheduler.choices());
        if (thrown != null) {
            Trace trace = new Trace();
            stage.run(race, schedule.scheduler(seed, expected), trace);
            finding = new Finding(race, runs, schedule, thrown, trace.lines());
        }
    }

    String machine() {
        return race.machine();
    }

    int runs() {
        return runs;
    }

    /** How many of them went differently: other threads, or in another order, came to what several share. */
    int interleavings() {
        return seen.getCoverage();
    }

    @Nullable
    Finding finding() {
        return finding;
    }
}
