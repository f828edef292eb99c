package io.psrpc.internal.routing;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.execution.SerialQueue;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The listeners of one channel and delivery in this process, and the order in which they get its envelopes. */
final class Channel {
    /** Frames from this size on are looked at off the reader's thread. */
    private static final int LARGE_BYTES = 16 << 10;

    private static final ChannelListener[] NONE = {};

    private final Delivery delivery;
    private final SerialQueue offReader;
    private final Consumer<Arrival> unclaimed;
    private final AtomicInteger next = new AtomicInteger();
    private volatile ChannelListener[] listeners = NONE;

    /** @param unclaimed gets what finds no listener any more when its turn comes */
    Channel(Delivery delivery, Executor executor, Consumer<Arrival> unclaimed) {
        this.delivery = delivery;
        this.offReader = new SerialQueue(executor);
        this.unclaimed = unclaimed;
    }

    /** Called under the route's lock. */
    void add(ChannelListener listener) {
        ChannelListener[] before = listeners;
        ChannelListener[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = listener;
        listeners = after;
    }

    /** Called under the route's lock. True: it was there. */
    boolean remove(ChannelListener listener) {
        ChannelListener[] before = listeners;
        for (int i = 0; i < before.length; i++) {
            if (before[i] == listener) {
                ChannelListener[] after = new ChannelListener[before.length - 1];
                System.arraycopy(before, 0, after, 0, i);
                System.arraycopy(before, i + 1, after, i, after.length - i);
                listeners = after;
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return listeners.length == 0;
    }

    /** What is large or compressed is taken off the reader's thread, and everything behind it on this channel too. */
    void deliver(Arrival arrival) {
        boolean heavy =
                arrival.frame().length >= LARGE_BYTES || arrival.envelope().isCompressed();
        ChannelListener[] now = listeners;
        boolean keepsOnly = now.length > 0 && now[0].keepsOnly();
        if (!keepsOnly && (heavy || !offReader.isIdle())) {
            offReader.execute(() -> EngineThread.run(() -> dispatch(arrival)));
        } else {
            dispatch(arrival);
        }
    }

    private void dispatch(Arrival arrival) {
        ChannelListener[] now = listeners;
        if (now.length == 0) {
            unclaimed.accept(arrival);
        } else if (delivery == Delivery.EVERY_SUBSCRIBER) {
            Inbound inbound = arrival.toInbound(now.length);
            for (ChannelListener listener : now) {
                listener.onEnvelope(inbound);
            }
        } else {
            dispatchToOne(now, arrival.toInbound(1));
        }
    }

    private void dispatchToOne(ChannelListener[] members, Inbound inbound) {
        int first = members.length == 1 ? 0 : Math.floorMod(next.getAndIncrement(), members.length);
        for (int i = 0; i < members.length; i++) {
            int at = first + i;
            if (members[at < members.length ? at : at - members.length].onEnvelope(inbound)) {
                return;
            }
        }
        members[first].onRefusedByAll(inbound);
    }

    /** Done when what has come so far has been delivered. */
    CompletableFuture<Void> whenDelivered() {
        return offReader.isIdle()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(() -> {}, offReader);
    }

    /** Any of them, to speak for its service. */
    @Nullable
    ChannelListener any() {
        ChannelListener[] now = listeners;
        return now.length == 0 ? null : now[0];
    }

    void gap() {
        for (ChannelListener listener : listeners) {
            listener.onGap();
        }
    }
}
