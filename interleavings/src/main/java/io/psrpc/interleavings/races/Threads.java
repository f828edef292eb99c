package io.psrpc.interleavings.races;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/** A thread per task. */
final class Threads implements Executor {
    private final Queue<Thread> started = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable task) {
        Thread thread = new Thread(task);
        started.add(thread);
        thread.start();
    }

    /** Returns when all have ended, and those that they have started. */
    void join() {
        for (Thread thread = started.poll(); thread != null; thread = started.poll()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
