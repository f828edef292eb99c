package io.psrpc.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes all threads have allocated between two moments. From Java 21 on the runtime keeps the total, in which virtual threads
 * are counted with their carriers; before, those of the threads that live at the end are added up, so that what a thread allocated
 * that has ended meanwhile is missing.
 */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final @Nullable MethodHandle TOTAL = findTotal();

    private final long total;
    private final Map<Long, Long> byThread;

    private Allocation(long total, Map<Long, Long> byThread) {
        this.total = total;
        this.byThread = byThread;
    }

    static Allocation now() {
        return TOTAL != null ? new Allocation(total(TOTAL), Map.of()) : new Allocation(0, byThread());
    }

    long bytesSince(Allocation start) {
        long bytes = total - start.total;
        for (Map.Entry<Long, Long> thread : byThread.entrySet()) {
            bytes += thread.getValue() - start.byThread.getOrDefault(thread.getKey(), 0L);
        }
        return bytes;
    }

    private static Map<Long, Long> byThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> result = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] > 0) {
                result.put(ids[i], bytes[i]);
            }
        }
        return result;
    }

    private static long total(MethodHandle handle) {
        try {
            return (long) handle.invoke(THREADS);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable MethodHandle findTotal() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(ThreadMXBean.class, "getTotalThreadAllocatedBytes", MethodType.methodType(long.class));
        } catch (ReflectiveOperationException absent) {
            return null;
        }
    }
}
