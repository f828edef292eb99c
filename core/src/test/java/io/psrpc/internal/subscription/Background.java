package io.psrpc.internal.subscription;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Something that a thread of its own does. */
final class Background<T> {
    private final FutureTask<T> task;
    private final Thread thread;

    private Background(Callable<T> work) {
        task = new FutureTask<>(work);
        thread = new Thread(task, "background");
        thread.setDaemon(true);
    }

    static <T> Background<T> run(Callable<T> work) {
        Background<T> background = new Background<>(work);
        background.thread.start();
        return background;
    }

    static Background<Void> run(Runnable work) {
        return run(() -> {
            work.run();
            return null;
        });
    }

    /** Waits for it. */
    T result() throws InterruptedException {
        try {
            T result = task.get();
            thread.join();
            return result;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }
}
