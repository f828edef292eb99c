package io.psrpc.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.internal.ApiAccess;
import io.psrpc.internal.execution.Workers;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A blocking caller that runs its interceptors' continuations itself while it waits: what it has opened is in scope there. */
final class CallerThread implements Executor {
    private final Executor afterwards;
    private final Thread owner = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition added = lock.newCondition();

    @GuardedBy("lock")
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean hasLeft;

    /** @param afterwards runs what comes when the caller no longer waits */
    CallerThread(Executor afterwards) {
        this.afterwards = afterwards;
    }

    @Override
    public void execute(Runnable task) {
        lock.lock();
        try {
            if (!hasLeft) {
                tasks.add(task);
                added.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        afterwards.execute(task);
    }

    /** Runs tasks until the stage is done. Interrupted: cancels it, and throws {@code CANCELED}. */
    <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        try {
            help(future);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(true);
            throw new PsrpcException(ErrorCode.CANCELED, "request canceled", e);
        } finally {
            leave();
        }
        return valueOf(future);
    }

    /** True on the caller's thread while it is in its call. */
    boolean isHere() {
        lock.lock();
        try {
            return Thread.currentThread() == owner && !hasLeft;
        } finally {
            lock.unlock();
        }
    }

    /** Runs tasks until the future is done. */
    void help(CompletableFuture<?> future) throws InterruptedException {
        future.whenComplete((value, failure) -> execute(() -> {}));
        while (!future.isDone()) {
            take().run();
        }
    }

    private static <T> T valueOf(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException | CancellationException e) {
            throw ApiAccess.get().rethrowable(PsrpcException.from(e));
        }
    }

    private void leave() {
        Runnable left;
        while ((left = pollOrLeave()) != null) {
            afterwards.execute(left);
        }
    }

    private @Nullable Runnable pollOrLeave() {
        lock.lock();
        try {
            Runnable task = tasks.poll();
            hasLeft = task == null;
            return task;
        } finally {
            lock.unlock();
        }
    }

    private Runnable take() throws InterruptedException {
        Next next = new Next();
        Workers.block(next);
        return next.taken;
    }

    private final class Next implements ForkJoinPool.ManagedBlocker {
        private Runnable taken = () -> {};
        private boolean hasTaken;

        @Override
        public boolean block() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (tasks.isEmpty()) {
                    added.await();
                }
                taken = tasks.remove();
                hasTaken = true;
                return true;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean isReleasable() {
            return hasTaken;
        }
    }
}
