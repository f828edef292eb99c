package io.psrpc.internal.subscription;

import io.psrpc.PsrpcException;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.Carrier;
import io.psrpc.internal.routing.ChannelListener;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.routing.Listening;
import io.psrpc.internal.routing.Routes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Brings a channel's updates to one subscription; of a group's, those that are its own. */
final class UpdateFeed implements ChannelListener, Upstream {
    private final Carrier bus;
    private final UpdateChannel channel;
    private final OpenFeeds open;
    private final boolean isGroup;
    /** Done when the places are known: a full buffer may end the subscription while it begins. */
    private final CompletableFuture<List<CompletableFuture<Listening>>> places = new CompletableFuture<>();

    private final TurnQueue turns;
    private volatile @Nullable UpdateSink into;

    UpdateFeed(Carrier bus, UpdateChannel channel, OpenFeeds open) {
        this.bus = bus;
        this.channel = channel;
        this.open = open;
        this.isGroup = channel.delivery() == Delivery.ONE_OF_GROUP;
        this.turns = new TurnQueue(bus.drops(), channel.label());
    }

    /** Listens; done when the broker has confirmed. */
    CompletableFuture<Void> into(UpdateSink sink) {
        into = sink;
        open.add(this);
        List<CompletableFuture<Listening>> entered = new ArrayList<>(2);
        Address address = channel.address();
        Routes routes = bus.routes();
        String keyName = address.keyName();
        if (isGroup && channel.isHandedOn() && keyName != null) {
            entered.add(routes.listenToHandedOn(keyName, address.key(), new HandedOn()));
        }
        entered.add(routes.listen(address, channel.delivery(), this));
        places.complete(entered);
        return CompletableFuture.allOf(entered.toArray(new CompletableFuture<?>[0]));
    }

    /** Whoever it belongs to has ended. */
    void end(PsrpcException reason) {
        sink().end(reason);
        unsubscribe();
    }

    @Override
    public CompletableFuture<Void> unsubscribe() {
        open.remove(this);
        return places.thenCompose(UpdateFeed::end);
    }

    private static CompletableFuture<Void> end(List<CompletableFuture<Listening>> entered) {
        List<CompletableFuture<Void>> ends = new ArrayList<>(2);
        for (CompletableFuture<Listening> place : entered) {
            ends.add(place.thenCompose(Listening::end).exceptionally(failure -> null));
        }
        return CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]));
    }

    private UpdateSink sink() {
        return Objects.requireNonNull(into, "sink");
    }

    @Override
    public boolean keepsOnly() {
        return true;
    }

    @Override
    public boolean onEnvelope(Inbound inbound) {
        if (!isGroup) {
            sink().offer(inbound.envelope());
        } else if (!sink().hasRoom()) {
            return false;
        } else if (inbound.isHeld()) {
            sink().offer(inbound.envelope());
        } else {
            turns.take(inbound, sink());
        }
        return true;
    }

    /** No member here has room. Another process may; where that cannot be told, this subscription's own policy decides. */
    @Override
    public void onRefusedByAll(Inbound inbound) {
        if (inbound.turn().pass()) {
            return;
        }
        if (inbound.isHeld()) {
            sink().offer(inbound.envelope());
        } else {
            bus.drops().dropped(DropReason.BUFFER_FULL, channel.label() + ": left to other members");
        }
    }

    @Override
    public void onNotServed(Inbound inbound) {
        channel.notServed().accept(inbound);
    }

    @Override
    public void onGap() {
        sink().gap();
    }

    /** What other members hand on. Of a loss the feed hears at its own address, once. */
    private final class HandedOn implements ChannelListener {
        @Override
        public boolean keepsOnly() {
            return UpdateFeed.this.keepsOnly();
        }

        @Override
        public boolean onEnvelope(Inbound inbound) {
            return UpdateFeed.this.onEnvelope(inbound);
        }

        @Override
        public void onRefusedByAll(Inbound inbound) {
            UpdateFeed.this.onRefusedByAll(inbound);
        }

        @Override
        public void onNotServed(Inbound inbound) {
            UpdateFeed.this.onNotServed(inbound);
        }
    }
}
