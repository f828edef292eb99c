package io.psrpc.benchmarks;

import org.HdrHistogram.Histogram;

/** What one cell gave. */
record Result(Cell cell, long calls, double callsPerSecond, double p50Micros, double p99Micros, double bytesPerCall) {
    static Result of(Cell cell, long nanos, long allocatedBytes, Histogram latencies) {
        long calls = latencies.getTotalCount();
        return new Result(
                cell,
                calls,
                calls * 1e9 / nanos,
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                (double) allocatedBytes / Math.max(1, calls));
    }
}
