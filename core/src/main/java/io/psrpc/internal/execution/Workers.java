package io.psrpc.internal.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool.ManagedBlocker;
import org.jspecify.annotations.Nullable;

/**
 * Where users' code runs: handlers in one place, and everything else (listeners, completions of futures, selectors, affinity functions)
 * in another, so that a handler that waits for a completion never waits for a handler's thread. A bus has one.
 */
public sealed interface Workers extends AutoCloseable permits LentWorkers, PooledWorkers, VirtualWorkers {
    /**
     * Workers on {@code lent}, which stays open, or, without one, workers of their own: a virtual thread per task where the runtime has
     * them, else bounded pools. Starts no thread.
     */
    static Workers create(@Nullable Executor lent) {
        Workers own = VirtualThreads.areSupported() ? new VirtualWorkers() : new PooledWorkers();
        return lent == null ? own : new LentWorkers(lent, own);
    }

    /**
     * Runs a handler, soon.
     *
     * @return false if there is no room for it now, or this is closed: it will not run
     */
    boolean tryHandle(Runnable handler);

    /**
     * Runs everything else. Takes every task, in no particular order, and never throws: a completion that were lost would leave someone
     * waiting for ever. It has no bound of its own since whoever submits has one: a call, a request, a channel or a subscription has at
     * most one task here at a time. After {@link #close}, a task runs on the thread that submits it.
     */
    Executor callbacks();

    /** Ends the threads that were opened here, once they have run what they were given. */
    @Override
    void close();

    /**
     * Waits as the blocker says, like {@link java.util.concurrent.ForkJoinPool#managedBlock}. A handler that waits through this method
     * takes no other handler's place meanwhile.
     *
     * @throws InterruptedException if the blocker says so
     */
    static void block(ManagedBlocker blocker) throws InterruptedException {
        WorkerPool.block(blocker);
    }
}
