package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.Turn;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.internal.wire.Envelope;
import io.psrpc.internal.wire.EnvelopeWriter;
import io.psrpc.internal.wire.GrantMessage;
import io.psrpc.internal.wire.MalformedFrameException;
import io.psrpc.internal.wire.RequestMessage;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.GeneratedCode;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;
import java.util.List;
import java.util.concurrent.Executor;

/** A whole engine on which nothing happens by itself, and the frames to hand in. */
final class StillBus {
    static final MethodDefinition<StringValue, StringValue> QUEUE =
            method("Queue").build();
    static final MethodDefinition<StringValue, StringValue> AFFINITY =
            method("Affinity").routing(Routing.AFFINITY).build();
    static final MethodDefinition<StringValue, StringValue> MULTI =
            method("Multi").routing(Routing.MULTI).build();
    static final MethodDefinition<StringValue, StringValue> NEWS = MethodDefinition.subscription(
                    "Svc", "News", StringValue.getDefaultInstance())
            .routing(Routing.MULTI)
            .build();
    static final MethodDefinition<StringValue, StringValue> WORK = MethodDefinition.subscription(
                    "Svc", "Work", StringValue.getDefaultInstance())
            .build();
    static final ServiceDefinition SERVICE =
            ServiceDefinition.of(GeneratedCode.VERSION_1, "Svc", QUEUE, AFFINITY, MULTI, NEWS, WORK);
    static final StringValue HELLO = StringValue.of("hello");

    final StillTransport transport;
    final StillTime time = new StillTime();
    final EnvelopeWriter writer = new EnvelopeWriter(0);
    final EngineBus bus;

    /** One that runs everything where it happens. */
    StillBus() {
        this(Runnable::run, Runnable::run);
    }

    /**
     * With users' code on an executor.
     *
     * @param confirmations runs what the broker confirms
     */
    StillBus(Executor executor, Executor confirmations) {
        transport = new StillTransport(confirmations);
        bus = EngineBus.start(
                transport,
                BusOptions.builder().executor(executor).time(time).randomSeed(1).build());
    }

    private static MethodDefinition.Builder<StringValue, StringValue> method(String name) {
        return MethodDefinition.unary("Svc", name, StringValue.getDefaultInstance(), StringValue.getDefaultInstance());
    }

    void deliver(String address, byte[] frame) {
        transport.deliver(address, frame, Turn.HELD);
    }

    byte[] success(String requestId, String serverId) {
        return writer.response(requestId, serverId, 0, HELLO, 1, WireProfile.CURRENT);
    }

    byte[] error(String requestId, String serverId) {
        return writer.error(requestId, serverId, 0, "no", "internal", List.of(), 1);
    }

    /** The id of the first request that went out. */
    String requestId() {
        try {
            Envelope envelope = Envelope.read(transport.published.get(0).bytes());
            return RequestMessage.read(envelope.value(0)).requestId();
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    /** How often servers were told that one of them is chosen. */
    int grants() {
        return (int) transport.published.stream()
                .filter(frame -> isGrant(frame.bytes(), false))
                .count();
    }

    /** How often servers were told that nobody is chosen. */
    int releases() {
        return (int) transport.published.stream()
                .filter(frame -> isGrant(frame.bytes(), true))
                .count();
    }

    private static boolean isGrant(byte[] frame, boolean ofNobody) {
        try {
            Envelope envelope = Envelope.read(frame);
            return envelope.isType(GrantMessage.TYPE)
                    && GrantMessage.read(envelope.value(0)).serverId().isEmpty() == ofNobody;
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    /** Everyone has left. */
    void checkEmpty() {
        expect("left", bus.inventory(), Inventory.EMPTY);
        expect("timers left", time.pending(), 0);
        expect("subscriptions left", transport.subscriptions(), 0);
    }
}
