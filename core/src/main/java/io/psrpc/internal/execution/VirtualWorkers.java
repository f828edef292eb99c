package io.psrpc.internal.execution;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A virtual thread per task. The number of handlers is bounded by the requests that servers admit. */
final class VirtualWorkers implements Workers {
    private final AtomicLong handlerCount = new AtomicLong();
    private final AtomicLong callbackCount = new AtomicLong();
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private volatile boolean closed;

    @Override
    public boolean tryHandle(Runnable handler) {
        if (closed) {
            return false;
        }
        start("psrpc-handler-", handlerCount, UserTask.handler(handler));
        return true;
    }

    @Override
    public Executor callbacks() {
        return this::call;
    }

    @Override
    public void close() {
        closed = true;
    }

    private void call(Runnable callback) {
        UserTask task = UserTask.callback(callback);
        if (closed) {
            task.run();
        } else {
            start("psrpc-callback-", callbackCount, task);
        }
    }

    private void start(String prefix, AtomicLong count, UserTask task) {
        VirtualThreads.start(() -> {
            Thread thread = Thread.currentThread();
            thread.setName(prefix + count.incrementAndGet());
            // Not that of the reader which happened to bring the request.
            thread.setContextClassLoader(loader);
            task.run();
        });
    }
}
