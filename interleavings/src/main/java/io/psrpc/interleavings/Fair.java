package io.psrpc.interleavings;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pastalab.fray.core.ThreadContext;
import org.pastalab.fray.core.randomness.Randomness;
import org.pastalab.fray.core.scheduler.Scheduler;

/** Chooses as another does, but lets no thread go on for ever while others could: it may spin until one of them has done something. */
final class Fair extends Scheduler {
    private static final int LONGEST_TURN = 500;
    private static final int TURN_OF_OTHERS = 50;

    private final Scheduler chooser;
    private @Nullable ThreadContext last;
    private @Nullable ThreadContext favoured;
    private int turn;
    private int choices;

    Fair(Scheduler chooser) {
        super(chooser.getRand());
        this.chooser = chooser;
    }

    @Override
    public ThreadContext scheduleNextOperation(List<ThreadContext> ready, Collection<ThreadContext> all) {
        if (ready.size() == 1) {
            return ready.get(0);
        }
        choices++;
        ThreadContext next = favoured;
        if (next == null || !ready.contains(next) || ++turn > TURN_OF_OTHERS) {
            favoured = null;
            next = choose(ready, all);
        }
        last = next;
        return next;
    }

    private ThreadContext choose(List<ThreadContext> ready, Collection<ThreadContext> all) {
        ThreadContext next = chooser.scheduleNextOperation(ready, all);
        turn = next == last ? turn + 1 : 0;
        if (turn > LONGEST_TURN) {
            next = ready.get(nextInt() % ready.size());
            favoured = next;
            turn = 0;
        }
        return next;
    }

    /** How often more than one could go on. */
    int choices() {
        return choices;
    }

    @Override
    public Scheduler nextIteration(Randomness randomness) {
        return new Fair(chooser.nextIteration(randomness));
    }
}
