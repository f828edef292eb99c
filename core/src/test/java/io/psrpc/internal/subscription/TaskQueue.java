package io.psrpc.internal.subscription;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** An executor that runs tasks when it is told to. */
final class TaskQueue implements Executor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    int waiting() {
        return tasks.size();
    }

    void runOne() {
        tasks.remove().run();
    }

    /** Those that they submit, too. */
    void runAll() {
        while (!tasks.isEmpty()) {
            runOne();
        }
    }
}
