package io.psrpc.testing.contract;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.TransportSubscription;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/** One process's connection to the broker, started: the transport under test, and what a bus would be to it. */
final class Party {
    private final Witness witness;
    private final BusTransport transport;
    private final ContractHost host;
    private final String prefix;

    Party(Witness witness, BusTransport transport, ContractHost host, String prefix) {
        this.witness = witness;
        this.transport = transport;
        this.host = host;
        this.prefix = prefix;
    }

    BusTransport transport() {
        return transport;
    }

    ContractHost host() {
        return host;
    }

    /** The address of a channel that this test alone uses. */
    String address(String name) {
        return transport.address(channel(name));
    }

    BusChannel channel(String name) {
        return BusChannel.named(prefix + name);
    }

    long nanoTime() {
        return host.time().nanoTime();
    }

    /** Subscribes to an address, plainly, and waits for the confirmation. */
    Ear hear(String address) {
        return hear(address, Delivery.EVERY_SUBSCRIBER, Reaction.NONE);
    }

    /** Joins an address's group, and takes every turn. */
    Member join(String address) {
        return join(address, Member.TAKING);
    }

    Member join(String address, Member.Manner manner) {
        Member member = new Member(witness, manner);
        member.of(hear(address, Delivery.ONE_OF_GROUP, member));
        return member;
    }

    Ear hear(String address, Delivery delivery, Reaction reaction) {
        Ear ear = new Ear(witness, address, delivery, reaction);
        ear.of(witness.await(subscribe(address, delivery, ear), "subscribing to " + address));
        return ear;
    }

    CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, Ear ear) {
        return transport.subscribe(address, delivery, ear);
    }

    Ear newEar(String address) {
        return new Ear(witness, address, Delivery.EVERY_SUBSCRIBER, Reaction.NONE);
    }

    /** Publishes text that never expires; its characters are bytes. */
    Posted publish(String address, String text) {
        return publish(address, text, Long.MAX_VALUE, false);
    }

    /** Calls {@code onOutcome} when it is published or has failed, on whichever thread tells so. */
    Posted publish(String address, String text, Runnable onOutcome) {
        return publish(frame(address, text, Long.MAX_VALUE, false), onOutcome);
    }

    Posted publish(String address, String text, long notAfterNanos, boolean wantsReceivers) {
        return publish(frame(address, text, notAfterNanos, wantsReceivers), () -> {});
    }

    private Posted publish(OutgoingFrame frame, Runnable onOutcome) {
        Posted posted = new Posted(witness, frame, onOutcome);
        transport.publish(frame, posted);
        return posted;
    }

    static OutgoingFrame frame(String address, String text, long notAfterNanos, boolean wantsReceivers) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return new OutgoingFrame(address, bytes, notAfterNanos, wantsReceivers);
    }
}
