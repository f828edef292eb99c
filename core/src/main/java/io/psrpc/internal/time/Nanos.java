package io.psrpc.internal.time;

import java.time.Duration;

/** Durations as nanoseconds that can be added to a monotonic time without overflow. */
public final class Nanos {
    /** More than 70 years: as good as for ever, and two of them still fit. */
    public static final long MAX = Long.MAX_VALUE / 4;

    private Nanos() {}

    /** The duration in nanoseconds, at most {@link #MAX} in either direction. */
    public static long of(Duration duration) {
        if (duration.toSeconds() > MAX / 1_000_000_000L) {
            return MAX;
        }
        if (duration.toSeconds() < -MAX / 1_000_000_000L) {
            return -MAX;
        }
        return duration.toNanos();
    }

    /** {@code a - b} of two wall-clock times in nanoseconds, which may be anything a peer has sent; within {@link #MAX}. */
    public static long between(long b, long a) {
        long difference = a - b;
        boolean overflowed = ((a ^ b) & (a ^ difference)) < 0;
        if (overflowed) {
            return a < b ? -MAX : MAX;
        }
        return Math.max(-MAX, Math.min(MAX, difference));
    }
}
