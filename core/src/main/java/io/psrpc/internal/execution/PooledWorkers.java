package io.psrpc.internal.execution;

import java.util.concurrent.Executor;

/** Two pools of platform threads: a large one with a bounded queue for handlers, a small one for callbacks. */
final class PooledWorkers implements Workers {
    /** Of each pool, while threads of it block in calls of ours. */
    private static final int THREAD_CAP = 1_024;

    private final WorkerPool handlers = new WorkerPool("psrpc-handler-", 256, THREAD_CAP, 1_024);
    private final WorkerPool callbacks = new WorkerPool("psrpc-callback-", 32, THREAD_CAP, Integer.MAX_VALUE);

    @Override
    public boolean tryHandle(Runnable handler) {
        return handlers.tryExecute(UserTask.handler(handler));
    }

    @Override
    public Executor callbacks() {
        return this::call;
    }

    @Override
    public void close() {
        handlers.close();
        callbacks.close();
    }

    int handlerThreads() {
        return handlers.threads();
    }

    private void call(Runnable callback) {
        UserTask task = UserTask.callback(callback);
        if (!callbacks.tryExecute(task)) {
            task.run();
        }
    }
}
