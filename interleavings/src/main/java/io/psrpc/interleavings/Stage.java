package io.psrpc.interleavings;

import io.psrpc.interleavings.races.NamedRace;
import io.psrpc.interleavings.races.Race;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import kotlin.Unit;
import org.jspecify.annotations.Nullable;
import org.pastalab.fray.core.RunContext;
import org.pastalab.fray.core.ThreadContext;
import org.pastalab.fray.core.command.Configuration;
import org.pastalab.fray.core.command.ExecutionInfo;
import org.pastalab.fray.core.command.LambdaExecutor;
import org.pastalab.fray.core.command.NetworkDelegateType;
import org.pastalab.fray.core.command.SystemTimeDelegateType;
import org.pastalab.fray.core.delegates.DelegateSynchronizer;
import org.pastalab.fray.core.delegates.RuntimeDelegate;
import org.pastalab.fray.core.observers.TimelineCoverageType;
import org.pastalab.fray.core.randomness.ControlledRandomProvider;
import org.pastalab.fray.core.scheduler.Scheduler;
import org.pastalab.fray.rmi.ScheduleObserver;
import org.pastalab.fray.rmi.TestStatusObserver;
import org.pastalab.fray.runtime.Runtime;
import org.pastalab.fray.runtime.TargetTerminateException;

/** Where a race runs one step at a time. */
final class Stage {
    /** Longer than any that goes on: a run takes milliseconds. */
    private static final long LONGEST_RUN_MILLIS = 30_000;

    private final Configuration configuration;

    /** @param reports a folder for what the scheduler writes down */
    Stage(Path reports) {
        configuration = new Configuration(
                new ExecutionInfo(new LambdaExecutor(() -> Unit.INSTANCE), false, true, -1),
                reports,
                1,
                Integer.MAX_VALUE,
                Schedule.ANYONE.scheduler(0, 1),
                new ControlledRandomProvider(),
                false,
                true,
                true,
                false,
                false,
                false,
                NetworkDelegateType.NONE,
                SystemTimeDelegateType.NONE,
                100_000L,
                true,
                true,
                false,
                false,
                false,
                false,
                TimelineCoverageType.NONE);
        // What is found is told by whoever asked for the run; from the first on, nothing is printed and kept elsewhere.
        configuration.setNextSavedIndex(1);
    }

    /** Runs all sides to their ends and checks; what was thrown, or that they wait for each other for ever; null if all is well. */
    @Nullable
    Throwable run(NamedRace race, Scheduler scheduler, ScheduleObserver<ThreadContext> watcher)
            throws InterruptedException {
        configuration.setScheduler(scheduler);
        configuration.getScheduleObservers().add(watcher);
        if (watcher instanceof TestStatusObserver status) {
            configuration.getTestStatusObservers().add(status);
        }
        @Nullable Throwable[] found = new Throwable[1];
        Thread director = new Thread(() -> found[0] = direct(race), "check");
        director.start();
        director.join(LONGEST_RUN_MILLIS);
        if (director.isAlive()) {
            throw new StuckException(race);
        }
        configuration.getScheduleObservers().clear();
        configuration.getTestStatusObservers().clear();
        return found[0];
    }

    private @Nullable Throwable direct(NamedRace named) {
        RunContext context = new RunContext(configuration);
        try {
            DelegateSynchronizer synchronizer = new DelegateSynchronizer(context);
            Runtime.NETWORK_DELEGATE = configuration.getNetworkDelegateType().produce(context, synchronizer);
            Runtime.LOCK_DELEGATE = new RuntimeDelegate(context, synchronizer);
            Runtime.start();
            // Set up here, so that its locks and conditions are known.
            Race race = named.races().get();
            play(race.sides());
            race.check();
        } catch (Throwable e) {
            Runtime.onReportError(e);
        }
        Runtime.onMainExit();
        Throwable found = context.getBugFound();
        context.shutDown();
        return found;
    }

    private static void report(Runnable side) {
        try {
            side.run();
        } catch (TargetTerminateException endOfRun) {
            // Something has been found elsewhere.
        } catch (Throwable e) {
            Runtime.onReportError(e);
        }
    }

    private static void play(List<Runnable> sides) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (Runnable side : sides) {
            threads.add(new Thread(() -> report(side), "side " + (threads.size() + 1)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
