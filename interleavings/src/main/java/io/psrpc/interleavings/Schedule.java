package io.psrpc.interleavings;

import java.util.ArrayList;
import java.util.Random;
import org.pastalab.fray.core.randomness.ControlledRandom;
import org.pastalab.fray.core.scheduler.PCTScheduler;
import org.pastalab.fray.core.scheduler.POSScheduler;
import org.pastalab.fray.core.scheduler.RandomScheduler;
import org.pastalab.fray.core.scheduler.Scheduler;

/** In which way a run chooses whose step is next. All choices come from the seed. */
enum Schedule {
    /**
     * Partial order sampling: each thread has a random priority, drawn anew when it has run against another. Source: Yuan, Yang, Gu,
     * Partial Order Aware Concurrency Sampling, CAV 2018.
     */
    PARTIAL_ORDER {
        @Override
        Scheduler chooser(long seed, int choices) {
            return new POSScheduler(random(seed));
        }
    },
    /**
     * Probabilistic concurrency testing: fixed priorities that change at a few random steps. Source: Burckhardt, Kothari, Musuvathi,
     * Nagarakatte, A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010.
     */
    FEW_SWITCHES {
        @Override
        Scheduler chooser(long seed, int choices) {
            return new PCTScheduler(random(seed), SWITCHES, choices);
        }
    },
    /** Anyone, at each step. */
    ANYONE {
        @Override
        Scheduler chooser(long seed, int choices) {
            return new RandomScheduler(random(seed));
        }
    };

    private static final int SWITCHES = 2;

    /** @param choices about how many there will be */
    final Fair scheduler(long seed, int choices) {
        return new Fair(chooser(seed, choices));
    }

    abstract Scheduler chooser(long seed, int choices);

    private static ControlledRandom random(long seed) {
        return new ControlledRandom(new ArrayList<>(), new ArrayList<>(), new Random(seed));
    }
}
