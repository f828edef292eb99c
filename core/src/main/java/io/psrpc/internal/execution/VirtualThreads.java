package io.psrpc.internal.execution;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Virtual threads on runtimes that have them, without being compiled for one of those. */
final class VirtualThreads {
    private static final @Nullable MethodHandle START = find();

    private VirtualThreads() {}

    static boolean areSupported() {
        return START != null;
    }

    /** Starts a thread that runs {@code task}. */
    static void start(Runnable task) {
        if (START == null) {
            throw new UnsupportedOperationException("virtual threads (expected: Java 21 or later)");
        }
        try {
            Thread started = (Thread) START.invokeExact(task);
            assert started.isDaemon();
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable MethodHandle find() {
        // A preview until 21: there but not to be called.
        if (Runtime.version().feature() < 21) {
            return null;
        }
        try {
            MethodType type = MethodType.methodType(Thread.class, Runnable.class);
            return MethodHandles.publicLookup().findStatic(Thread.class, "startVirtualThread", type);
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }
}
