package io.psrpc.internal.client;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.SubjectToken;
import io.psrpc.internal.execution.Waiting;
import io.psrpc.internal.routing.ChannelListener;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.routing.Listening;
import io.psrpc.internal.routing.WireReader;
import io.psrpc.internal.wire.BidMessage;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.ResponseMessage;
import io.psrpc.internal.wire.WireProfile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The two channels on which a client hears: responses, and bids. */
final class Inbox {
    private final EngineBus bus;
    private final String label;
    private final List<CompletableFuture<Listening>> channels;

    private Inbox(EngineClient client, String service) {
        this.bus = client.bus();
        this.label = "client " + client.clientId() + " of " + service;
        String id = client.clientId();
        if (bus.sharesAddresses() && !SubjectToken.isOne(id)) {
            throw new IllegalArgumentException(
                    "clientId: " + id + " (expected: no space, '.', '*' or '>' on " + bus.name() + ")");
        }
        var responses = bus.address(ChannelNames.responses(WireProfile.CURRENT, service, id));
        var bids = bus.address(ChannelNames.claims(WireProfile.CURRENT, service, id));
        WireReader reader = new WireReader(bus.drops(), bus.maxInflatedBytes());
        channels = List.of(
                bus.routes().listen(responses, Delivery.EVERY_SUBSCRIBER, new Responding(client, reader, label)),
                bus.routes().listen(bids, Delivery.EVERY_SUBSCRIBER, new Bidding(client, reader, label)));
    }

    static Inbox open(EngineClient client, String service) {
        return new Inbox(client, service);
    }

    /** Returns when the broker has confirmed both. */
    void await(Duration limit) {
        CompletableFuture<Void> both = CompletableFuture.allOf(channels.toArray(new CompletableFuture<?>[0]));
        if (!both.isDone()) {
            Waiting.checkMayBlock("creating a " + label);
        }
        Waiting.await(Waiting.orUnavailable(
                both, bus.time(), limit, () -> label + ": not confirmed by " + bus.name() + " within " + limit));
    }

    void close() {
        channels.forEach(channel -> channel.thenAccept(Listening::end));
    }

    /** Takes responses. */
    private record Responding(EngineClient client, WireReader reader, String label) implements ChannelListener {
        @Override
        public boolean onEnvelope(Inbound inbound) {
            ResponseMessage response = reader.read(inbound, ResponseMessage.TYPE, ResponseMessage::read, label);
            if (response != null) {
                client.received(response);
            }
            return true;
        }
    }

    /** Takes bids. */
    private record Bidding(EngineClient client, WireReader reader, String label) implements ChannelListener {
        @Override
        public boolean onEnvelope(Inbound inbound) {
            BidMessage bid = reader.read(inbound, BidMessage.TYPE, BidMessage::read, label);
            if (bid != null) {
                client.received(bid);
            }
            return true;
        }
    }
}
