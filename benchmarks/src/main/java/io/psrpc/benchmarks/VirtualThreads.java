package io.psrpc.benchmarks;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Virtual threads where the runtime has them, looked up: this is compiled for Java 17. */
final class VirtualThreads {
    private static final @Nullable MethodHandle START = find();

    private VirtualThreads() {}

    static boolean areSupported() {
        return START != null;
    }

    static void start(Runnable task) {
        MethodHandle start = START;
        if (start == null) {
            throw new UnsupportedOperationException("virtual threads (expected: Java 21 or later)");
        }
        try {
            Object unused = start.invoke(task);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable MethodHandle find() {
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
