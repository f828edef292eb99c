package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Users' code that must not be called by two threads at a time. The engine logs what it throws, so a fault is kept until it is asked for. */
final class OneAtATime {
    private final AtomicBoolean isInside = new AtomicBoolean();
    private final AtomicInteger overlaps = new AtomicInteger();

    void run(Runnable code) {
        if (!isInside.compareAndSet(false, true)) {
            overlaps.incrementAndGet();
        }
        code.run();
        isInside.set(false);
    }

    boolean isInside() {
        return isInside.get();
    }

    void check() {
        expect("calls at the same time", overlaps.get(), 0);
    }
}
