package io.psrpc.internal.execution;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Marks the current thread, for a while, as one of the engine's: whichever a transport reads or answers on, a timer, or a publisher's
 * thread while it delivers in the process. Such a thread must not block, so a blocking call on it fails at once.
 *
 * <p>Marks nest: {@code EngineThread mark = EngineThread.enter(); try { ... } finally { mark.exit(); }}, on one thread.
 */
public final class EngineThread {
    private static final ThreadLocal<EngineThread> CURRENT = ThreadLocal.withInitial(EngineThread::new);

    private int depth;

    private EngineThread() {}

    /** Marks the current thread until {@link #exit}. */
    public static EngineThread enter() {
        EngineThread mark = CURRENT.get();
        mark.depth++;
        return mark;
    }

    /** Takes one mark away. On the thread that entered. */
    public void exit() {
        depth--;
    }

    /** Runs {@code action} with the mark. */
    public static void run(Runnable action) {
        EngineThread mark = enter();
        try {
            action.run();
        } finally {
            mark.exit();
        }
    }

    /** What follows a stage of a transport's, on whichever thread it ends. */
    public static <T> void whenComplete(
            CompletionStage<T> stage, BiConsumer<? super T, ? super @Nullable Throwable> action) {
        stage.whenComplete((value, failure) -> run(() -> action.accept(value, failure)));
    }

    /** Whether the current thread must not block. */
    public static boolean isCurrent() {
        return CURRENT.get().depth > 0;
    }
}
