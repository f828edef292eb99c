package io.psrpc.internal.subscription;

import io.psrpc.bus.Timekeeper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the first of many like events, which is worth a log line, from those that follow it closely. */
final class Episode {
    private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

    private final Timekeeper time;
    private final AtomicLong last;

    Episode(Timekeeper time) {
        this.time = time;
        last = new AtomicLong(time.nanoTime() - QUIET_NANOS);
    }

    /** Notes an event; true if there was none for a while. */
    boolean begins() {
        long now = time.nanoTime();
        return now - last.getAndSet(now) >= QUIET_NANOS;
    }
}
