package io.psrpc.internal.execution;

import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time and in their order on another executor, without a thread of its own. After 64 tasks in a row it goes to the
 * end of that executor's queue, so that a busy queue leaves room for others. A task that throws is logged.
 *
 * <p>Takes every task: if the executor rejects the queue, the tasks run on the thread that submitted the first of them. With {@code
 * Runnable::run} too, a task that is submitted from inside a task runs after it, not in it.
 */
public final class SerialQueue implements Executor {
    private static final System.Logger LOG = System.getLogger(SerialQueue.class.getName());
    private static final int TASKS_IN_A_ROW = 64;

    private final Executor executor;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    /** Tasks that have not ended. Who raises it from zero sees to the queue until it is zero again. */
    private final AtomicInteger pending = new AtomicInteger();

    /** An empty queue. */
    public SerialQueue(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(Objects.requireNonNull(task, "task"));
        if (pending.getAndIncrement() == 0) {
            submit();
        }
    }

    /** True: everything submitted so far has run. */
    public boolean isIdle() {
        return pending.get() == 0;
    }

    /** Sees to it that the queue is drained: elsewhere, or here, if the executor runs its tasks at once or not at all. */
    private void submit() {
        boolean isOurs = true;
        while (isOurs) {
            Drain drain = new Drain();
            isOurs = drain.submit() && runSome();
        }
    }

    /** True: the queue is still ours, and not empty. */
    private boolean runSome() {
        for (int i = 0; i < TASKS_IN_A_ROW; i++) {
            run(Objects.requireNonNull(tasks.poll()));
            if (pending.decrementAndGet() == 0) {
                return false;
            }
        }
        return true;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "A task failed", failure);
        }
    }

    /** The right to drain, on its way to another thread. Taken once. */
    private final class Drain implements Runnable {
        private final AtomicBoolean taken = new AtomicBoolean();
        private @Nullable Thread submitter = Thread.currentThread();
        private boolean isBack;

        /** True: the right is back with the caller. */
        boolean submit() {
            try {
                executor.execute(this);
            } catch (Throwable rejected) {
                return taken.compareAndSet(false, true) || isBack;
            } finally {
                submitter = null;
            }
            return isBack;
        }

        @Override
        public void run() {
            if (!taken.compareAndSet(false, true)) {
                return;
            }
            if (submitter == Thread.currentThread()) {
                isBack = true;
            } else if (runSome()) {
                SerialQueue.this.submit();
            }
        }
    }
}
