package io.psrpc.interleavings.races;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** Tasks that run when the race says so, on the thread that says it. */
final class HandTasks implements Executor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** How many there are. */
    int waiting() {
        return tasks.size();
    }

    /** Runs the first; false: there is none. */
    boolean runOne() {
        Runnable task = tasks.poll();
        if (task == null) {
            return false;
        }
        task.run();
        return true;
    }

    void runAll() {
        boolean hasMore = true;
        while (hasMore) {
            hasMore = runOne();
        }
    }
}
