package io.psrpc.internal.server;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Keeping request ids, each for 3 s, at a steady rate of requests. In this package since the memory is its own. */
@NullMarked
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestMemoryBenchmark {
    private static final long KEPT_NANOS = 3_000_000_000L;
    private static final int IDS = 1 << 20;

    /** By the memory's clock. At 100,000 it holds 300,000 ids; at 1,000,000 it is full most of the time. */
    @Param({"100000", "1000000"})
    public int requestsPerSecond;

    private final RequestMemory memory = new RequestMemory(1, 500_000);
    private final String[] ids = ids();
    private int next;
    private long nowNanos;

    private static String[] ids() {
        String[] ids = new String[IDS];
        for (int i = 0; i < IDS; i++) {
            ids[i] = String.format("REQ_%012x", (i * 0x9E3779B97F4A7C15L) >>> 16);
        }
        return ids;
    }

    /** A new id, or, where the ids have come round, one that has expired. */
    @Benchmark
    public Object keep() {
        nowNanos += 1_000_000_000L / requestsPerSecond;
        next = (next + 1) & (IDS - 1);
        return memory.keep("CLI_0123456789ab", ids[next], 0, nowNanos, nowNanos + KEPT_NANOS);
    }
}
