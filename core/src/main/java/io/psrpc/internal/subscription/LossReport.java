package io.psrpc.internal.subscription;

import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.routing.DropCounter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Counts what a subscription loses, and logs the beginning of each episode of it. */
final class LossReport {
    private static final Logger LOG = System.getLogger("io.psrpc.subscription");

    private final String name;
    private final DropCounter counter;
    private final Episode overflows;
    private final Episode failures;

    LossReport(String name, SubscriptionHost host) {
        this.name = name;
        counter = host.drops();
        overflows = new Episode(host.time());
        failures = new Episode(host.time());
    }

    void bufferFull(int updates) {
        for (int i = 0; i < updates; i++) {
            counter.counted(DropReason.BUFFER_FULL, name);
        }
        if (overflows.begins()) {
            LOG.log(Level.WARNING, "subscription {0}: its consumer is too slow, updates are lost", name);
        }
    }

    void late() {
        counter.dropped(DropReason.NO_LISTENER, name);
    }

    void unreadable(DropReason reason, String detail) {
        counter.dropped(reason, name + ": " + detail);
    }

    void listenerFailed(Throwable failure) {
        counter.counted(DropReason.LISTENER_FAILED, name);
        if (failures.begins()) {
            LOG.log(Level.WARNING, "subscription " + name + ": its listener threw", failure);
        }
    }

    void unsubscribeFailed(Throwable failure) {
        LOG.log(Level.DEBUG, "subscription " + name + ": closed here, not confirmed by the broker", failure);
    }
}
