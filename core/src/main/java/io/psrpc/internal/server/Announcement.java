package io.psrpc.internal.server;

import io.psrpc.bus.Timekeeper.Cancellable;
import io.psrpc.internal.time.Nanos;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tells the client that its request runs without a claim, if no answer has gone out some time after its arrival. */
final class Announcement {
    private final IncomingRequest request;
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile @Nullable Cancellable timer;

    Announcement(IncomingRequest request) {
        this.request = request;
    }

    /** @param sinceArrival zero: at once */
    void start(Duration sinceArrival) {
        var time = request.server().bus().time();
        long left = request.inbound().arrivalNanos() + Nanos.of(sinceArrival) - time.nanoTime();
        if (left <= 0) {
            announce();
        } else {
            timer = time.schedule(Duration.ofNanos(left), this::announce);
        }
    }

    private void announce() {
        if (settled.compareAndSet(false, true)) {
            request.server().replies().announce(request);
        }
    }

    /** The answer has gone out: there is nothing to announce any more. */
    void end() {
        Cancellable armed = timer;
        if (settled.compareAndSet(false, true) && armed != null) {
            armed.cancel();
        }
    }
}
