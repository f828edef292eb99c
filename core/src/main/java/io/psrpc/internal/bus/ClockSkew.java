package io.psrpc.internal.bus;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The largest difference seen between senders' clocks and ours, delivery time included; one WARNING each time that it doubles. */
public final class ClockSkew {
    private static final System.Logger LOG = System.getLogger("io.psrpc.bus");
    private static final long WARN_NANOS = 1_000_000_000L;

    private final AtomicLong largestNanos = new AtomicLong();

    /** Sent at {@code sentAt}, arrived at {@code arrivedAt}, both in Unix nanoseconds. */
    public void seen(String sender, long sentAt, long arrivedAt) {
        long skew = arrivedAt - sentAt;
        long size = skew < 0 ? -skew : skew;
        long before = largestNanos.get();
        if (size > before && largestNanos.compareAndSet(before, size) && size > WARN_NANOS && size / 2 >= before) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: its clock and ours, or its sending and our receiving, are {1} apart; requests expire by the sender''s"
                            + " clock (see ServerOptions.deadlines)",
                    sender,
                    Duration.ofNanos(skew));
        }
    }

    Duration largest() {
        return Duration.ofNanos(largestNanos.get());
    }
}
