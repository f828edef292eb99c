package io.psrpc.testing.behaviours.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.psrpc.MethodInfo;
import io.psrpc.PsrpcException;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.Turn;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.testing.transports.FakeHost;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A process of someone else's, which a test plays by hand, frame by frame. */
final class Peer implements AutoCloseable {
    private final Timekeeper time;
    private final BusTransport transport;

    Peer(Timekeeper time, BusTransport transport) {
        this.time = time;
        this.transport = transport;
        transport.start(new FakeHost(time));
    }

    /** Collects the requests of a method, as every server gets them. */
    List<Request> requests(MethodDefinition<?, ?> method) {
        List<Request> requests = new CopyOnWriteArrayList<>();
        onRequest(method, requests::add);
        return requests;
    }

    void onRequest(MethodDefinition<?, ?> method, Consumer<Request> action) {
        listen(requestsOf(method), Request.parser(), action);
    }

    /** Collects what the clients of a method say about who runs their requests. */
    List<ClaimResponse> grants(MethodDefinition<?, ?> method) {
        List<ClaimResponse> grants = new CopyOnWriteArrayList<>();
        onGrant(method, grants::add);
        return grants;
    }

    void onGrant(MethodDefinition<?, ?> method, Consumer<ClaimResponse> action) {
        MethodInfo info = method.info();
        BusChannel grants = ChannelNames.grants(WireProfile.CURRENT, info.service(), info.method(), List.of());
        listen(grants, ClaimResponse.parser(), action);
    }

    /** Collects what a client gets as responses. */
    List<Response> responses(String clientId) {
        List<Response> responses = new CopyOnWriteArrayList<>();
        listen(ChannelNames.responses(WireProfile.CURRENT, "Trial", clientId), Response.parser(), responses::add);
        return responses;
    }

    private static BusChannel requestsOf(MethodDefinition<?, ?> method) {
        MethodInfo info = method.info();
        boolean isQueue = info.routing() == MethodInfo.Routing.QUEUE;
        return ChannelNames.requests(WireProfile.CURRENT, info.service(), info.method(), List.of(), isQueue);
    }

    <M extends Message> void listen(BusChannel channel, Parser<M> parser, Consumer<M> action) {
        listen(channel, envelope -> {
            try {
                if (!transport.sharesAddresses() || envelope.getChannel().equals(channel.key())) {
                    action.accept(parser.parseFrom(envelope.getValue()));
                }
            } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        });
    }

    void listen(BusChannel channel, Consumer<Msg> action) {
        FrameListener listener = new FrameListener() {
            @Override
            public void onFrame(byte[] frame, Turn turn) {
                try {
                    action.accept(Msg.parseFrom(frame));
                } catch (InvalidProtocolBufferException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void onGap() {}
        };
        assertThat(transport.subscribe(transport.address(channel), Delivery.EVERY_SUBSCRIBER, listener))
                .isCompleted();
    }

    /** Sends a request to a method, as a client would. */
    void request(MethodDefinition<?, ?> method, Request request) {
        send(requestsOf(method), request);
    }

    void bid(Request request, String serverId, float affinity) {
        send(
                ChannelNames.claims(WireProfile.CURRENT, "Trial", request.getClientId()),
                ClaimRequest.newBuilder()
                        .setRequestId(request.getRequestId())
                        .setServerId(serverId)
                        .setAffinity(affinity)
                        .build());
    }

    void answer(Request request, String serverId, Message answer) {
        respond(request, Response.newBuilder().setServerId(serverId).setRawResponse(answer.toByteString()));
    }

    void respond(Request request, Response.Builder response) {
        send(
                ChannelNames.responses(WireProfile.CURRENT, "Trial", request.getClientId()),
                response.setRequestId(request.getRequestId()).build());
    }

    /** In an envelope, as every peer writes it. */
    void send(BusChannel channel, Message message) {
        Msg envelope = Msg.newBuilder()
                .setTypeUrl(
                        "type.googleapis.com/" + message.getDescriptorForType().getFullName())
                .setValue(ByteString.copyFrom(message.toByteArray()))
                .setChannel(transport.sharesAddresses() ? channel.key() : "")
                .build();
        OutgoingFrame frame =
                new OutgoingFrame(transport.address(channel), envelope.toByteArray(), Long.MAX_VALUE, false);
        transport.publish(frame, new PublishListener() {
            @Override
            public void onPublished(long receivers) {}

            @Override
            public void onNobodyThere() {}

            @Override
            public void onFailed(PsrpcException failure) {
                throw new AssertionError(failure);
            }
        });
    }

    /** Its clock, as it stands on the wire. */
    long epochNanos() {
        Instant now = time.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    @Override
    public void close() {
        transport.close();
    }
}
