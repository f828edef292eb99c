package io.psrpc.internal.server;

import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.ServerInterceptor;
import io.psrpc.ServerOptions.Deadlines;
import io.psrpc.Topic;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.SubjectToken;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.ChannelListener;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.time.Nanos;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.GrantMessage;
import io.psrpc.internal.wire.RequestMessage;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.Binding;
import io.psrpc.stub.Binding.Affinity;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One method and topic that a server serves: takes its requests, and the answers to its claims. */
final class ServedMethod implements ChannelListener {
    private final EngineServer server;
    private final EngineBus bus;
    private final Binding binding;
    private final MethodInfo info;
    private final String label;
    private final ServerInterceptor.Next chain;
    private final Address requests;
    private final Address grants;
    private final Claims claims = new Claims();
    private final Undecided undecided = new Undecided();
    private final Overload overload;

    ServedMethod(EngineServer server, Binding binding) {
        this.server = server;
        this.bus = server.bus();
        this.binding = binding;
        this.info = binding.method().info();
        this.label = binding.method().toString();
        this.chain = HandlerChain.of(binding, server.options().interceptors());
        var topic = binding.topic().parts();
        this.requests = bus.address(
                ChannelNames.requests(WireProfile.CURRENT, info.service(), info.method(), topic, isQueue()));
        this.grants = bus.address(ChannelNames.grants(WireProfile.CURRENT, info.service(), info.method(), topic));
        this.overload = new Overload(this);
    }

    EngineServer server() {
        return server;
    }

    Binding binding() {
        return binding;
    }

    MethodInfo info() {
        return info;
    }

    Topic topic() {
        return binding.topic();
    }

    String label() {
        return label;
    }

    boolean isQueue() {
        return info.routing() == Routing.QUEUE;
    }

    /** One of those who serve it gets a request. */
    boolean isGroup() {
        return isQueue();
    }

    Delivery delivery() {
        return isGroup() ? Delivery.ONE_OF_GROUP : Delivery.EVERY_SUBSCRIBER;
    }

    boolean requiresClaim() {
        return binding.method().requiresClaim();
    }

    Message requestPrototype() {
        return binding.method().request();
    }

    @Nullable
    Affinity<Message> affinity() {
        return binding.affinity().orElse(null);
    }

    ServerInterceptor.Next chain() {
        return chain;
    }

    Address requests() {
        return requests;
    }

    Address grants() {
        return grants;
    }

    Claims claims() {
        return claims;
    }

    Undecided undecided() {
        return undecided;
    }

    @Override
    public boolean onEnvelope(Inbound inbound) {
        RequestMessage message = read(inbound);
        return message == null || receive(message, inbound);
    }

    private @Nullable RequestMessage read(Inbound inbound) {
        RequestMessage message = server.reader().read(inbound, RequestMessage.TYPE, RequestMessage::read, label());
        if (message != null && bus.sharesAddresses() && !SubjectToken.isOne(message.clientId())) {
            bus.drops().dropped(DropReason.MALFORMED, label() + ": the client's id is not a subject token");
            return null;
        }
        return message;
    }

    /** False: no room here, or no longer. */
    private boolean receive(RequestMessage message, Inbound inbound) {
        if (server.notices().hasObservers()) {
            server.notices().tell(observer -> observer.onReceived(info));
        }
        long now = bus.epochNanos();
        long left = nanosLeft(message, now);
        if (left <= 0) {
            bus.drops().dropped(DropReason.EXPIRED, label() + ": sent by " + message.clientId());
            server.notices().tell(observer -> observer.onExpired(info, Duration.ofNanos(-left)));
            return true;
        }
        return switch (enter()) {
            case ENTERED -> {
                claim(message, inbound, now, left).start();
                yield true;
            }
            case CLOSED -> false;
            case FULL -> !isGroup() && overload.refuseBroadcast(message, inbound);
        };
    }

    /** Takes a place in the server, unless answers to claims are not heard any more. */
    private Occupancy.Entry enter() {
        Occupancy.Entry entry = server.occupancy().enter();
        if (entry == Occupancy.Entry.ENTERED && !undecided.enter()) {
            server.occupancy().leave();
            return Occupancy.Entry.CLOSED;
        }
        return entry;
    }

    /** True: it takes no requests any more. */
    boolean isRetired() {
        return undecided.isOver() || server.occupancy().isClosed();
    }

    private long nanosLeft(RequestMessage message, long now) {
        bus.skew().seen(message.clientId(), message.sentAt(), now);
        boolean asSent = server.options().deadlines() == Deadlines.AS_SENT;
        return Nanos.between(asSent ? now : message.sentAt(), message.expiry());
    }

    /** A place has been taken. */
    private Claim claim(RequestMessage message, Inbound inbound, long now, long left) {
        KnownClient client = server.clients().client(message.clientId());
        long age = client.ageOf(Nanos.between(message.sentAt(), now), bus.time().nanoTime());
        long deadline = inbound.arrivalNanos() + left;
        IncomingRequest request = new IncomingRequest(server, this, message, inbound, client, deadline);
        server.entered(request);
        return new Claim(request, age);
    }

    /** A turn that was waited for has come: runs it if there is room by now. False: there is none. */
    boolean retryHeld(RequestMessage message, Inbound inbound) {
        long now = bus.epochNanos();
        long left = nanosLeft(message, now);
        if (left <= 0 || enter() != Occupancy.Entry.ENTERED) {
            return false;
        }
        claim(message, inbound, now, left).startHeld();
        return true;
    }

    /** Answers a request that this server has not taken. */
    void refuse(RequestMessage message, Inbound inbound, ErrorCode code, String text) {
        KnownClient client = server.clients().client(message.clientId());
        long deadline = inbound.arrivalNanos() + Math.max(0, nanosLeft(message, bus.epochNanos()));
        IncomingRequest request = new IncomingRequest(server, this, message, inbound, client, deadline);
        server.replies().fail(request, code.error("%s", text));
    }

    @Override
    public void onRefusedByAll(Inbound inbound) {
        RequestMessage message = read(inbound);
        if (message != null) {
            overload.refuseOneOfGroup(message, inbound);
        }
    }

    @Override
    public void onNotServed(Inbound inbound) {
        server.notServed().answer(inbound);
    }

    /** What clients answer to bids. */
    ChannelListener granting() {
        return inbound -> {
            GrantMessage grant = server.reader().read(inbound, GrantMessage.TYPE, GrantMessage::read, label());
            if (grant != null) {
                claims.answered(grant, server.serverId());
            }
            return true;
        };
    }
}
