package io.psrpc.internal.execution;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ManagedBlocker;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pool of platform threads that grows past its size while threads of it block in {@link #block} or in a {@link
 * java.util.concurrent.CompletableFuture}. Idle threads end, one after the other, once the pool has nothing to do.
 *
 * <p>Tasks wait in a queue of ours; the pool below is only asked for threads, and only for one at a time: while one is coming, it will
 * look at the queue and ask for the next if there is more than one task. Quick tasks so keep few threads, and tasks that block get one
 * each.
 */
final class WorkerPool {
    private static final long KEEP_ALIVE_MILLIS = 1_000;

    private final String prefix;
    private final AtomicInteger count = new AtomicInteger();
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final int maxWaiting;
    private final ConcurrentLinkedQueue<UserTask> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean isThreadComing = new AtomicBoolean();
    private final ForkJoinPool pool;

    /**
     * Starts no thread.
     *
     * @param size how many tasks may run at a time, not counting those that block as described
     * @param cap how many threads there may ever be
     * @param maxWaiting how many tasks may wait for a thread
     */
    WorkerPool(String prefix, int size, int cap, int maxWaiting) {
        this.prefix = prefix;
        this.maxWaiting = maxWaiting;
        pool = new ForkJoinPool(
                size,
                this::newThread,
                null,
                true,
                size,
                cap,
                size,
                full -> true,
                KEEP_ALIVE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** False: no room, or closed. */
    boolean tryExecute(UserTask task) {
        if (pool.isShutdown()) {
            return false;
        }
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return false;
        }
        tasks.add(task);
        askForThread();
        return true;
    }

    /** What was taken runs. */
    void close() {
        pool.shutdown();
    }

    int threads() {
        return pool.getPoolSize();
    }

    static void block(ManagedBlocker blocker) throws InterruptedException {
        if (Thread.currentThread() instanceof Worker worker && worker.isPoolBelowSize()) {
            // The pool would start a thread for each that blocks, needed or not; below its size the next task brings
            // one anyway.
            while (!blocker.isReleasable() && !blocker.block()) {
                Thread.onSpinWait();
            }
        } else {
            ForkJoinPool.managedBlock(blocker);
        }
    }

    private void askForThread() {
        if (!isThreadComing.compareAndSet(false, true)) {
            return;
        }
        try {
            pool.execute(this::serve);
        } catch (RejectedExecutionException closed) {
            // Closed in this moment: someone may rely on the thread that does not come.
            isThreadComing.set(false);
            runAll(tasks.poll());
        } catch (Error noMoreThreads) {
            isThreadComing.set(false);
            throw noMoreThreads;
        }
    }

    private void serve() {
        isThreadComing.set(false);
        UserTask first = tasks.poll();
        if (first != null && !tasks.isEmpty()) {
            askForThread();
        }
        runAll(first);
    }

    private void runAll(@Nullable UserTask first) {
        for (UserTask task = first; task != null; task = tasks.poll()) {
            waiting.decrementAndGet();
            if (Thread.currentThread() instanceof Worker) {
                // Meant for an earlier task.
                Thread.interrupted();
            }
            task.run();
        }
    }

    private ForkJoinWorkerThread newThread(ForkJoinPool owner) {
        return new Worker(owner, prefix + count.incrementAndGet(), loader);
    }

    private static final class Worker extends ForkJoinWorkerThread {
        Worker(ForkJoinPool pool, String name, @Nullable ClassLoader loader) {
            super(pool);
            setName(name);
            setDaemon(true);
            setContextClassLoader(loader);
        }

        boolean isPoolBelowSize() {
            return getPool().getPoolSize() < getPool().getParallelism();
        }
    }
}
