package io.psrpc.internal.routing;

import io.psrpc.bus.BusStats.DropReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The drop counters of a bus, with one WARNING per reason and episode: the first drop after a minute without. */
public final class Drops implements DropCounter {
    private static final System.Logger LOG = System.getLogger("io.psrpc.bus");
    private static final long EPISODE_NANOS = 60_000_000_000L;

    private final Map<DropReason, Count> counts = new EnumMap<>(DropReason.class);
    private final String bus;
    private final LongSupplier nanoTime;

    public Drops(String bus, LongSupplier nanoTime) {
        this.bus = bus;
        this.nanoTime = nanoTime;
        for (DropReason reason : DropReason.values()) {
            counts.put(reason, new Count(nanoTime.getAsLong() - EPISODE_NANOS));
        }
    }

    @Override
    public void dropped(DropReason reason, String detail) {
        Count count = Objects.requireNonNull(counts.get(reason), "count");
        count.total.increment();
        long now = nanoTime.getAsLong();
        long last = count.lastNanos.getAndSet(now);
        if (now - last >= EPISODE_NANOS && isWorthAWarning(reason)) {
            LOG.log(System.Logger.Level.WARNING, "{0}: dropped, {1}: {2} (more are counted only)", bus, reason, detail);
        }
    }

    @Override
    public void counted(DropReason reason, String detail) {
        Objects.requireNonNull(counts.get(reason), "count").total.increment();
    }

    /** Late answers and second deliveries are everyday; the counters show them. */
    private static boolean isWorthAWarning(DropReason reason) {
        return reason != DropReason.NO_LISTENER && reason != DropReason.DUPLICATE;
    }

    public Map<DropReason, Long> snapshot() {
        Map<DropReason, Long> seen = new EnumMap<>(DropReason.class);
        counts.forEach((reason, count) -> {
            long total = count.total.sum();
            if (total > 0) {
                seen.put(reason, total);
            }
        });
        return Map.copyOf(seen);
    }

    private static final class Count {
        final LongAdder total = new LongAdder();
        final AtomicLong lastNanos;

        Count(long lastNanos) {
            this.lastNanos = new AtomicLong(lastNanos);
        }
    }
}
