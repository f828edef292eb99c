package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.StringValue;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A client of someone else's, which a test plays by hand, frame by frame. */
final class Peer implements AutoCloseable {
    static final String ID = "CLI_peer";

    private final Timekeeper time;
    private final BusTransport transport;

    Peer(Timekeeper time, BusTransport transport) {
        this.time = time;
        this.transport = transport;
        transport.start(new FakeHost(time));
    }

    /** Collects the bids for its requests. */
    List<ClaimRequest> bids() {
        List<ClaimRequest> bids = new CopyOnWriteArrayList<>();
        listen(ChannelNames.claims(WireProfile.CURRENT, "Store", ID), ClaimRequest.parser(), bids::add);
        return bids;
    }

    /** Collects the answers to its requests. */
    List<Response> responses() {
        List<Response> responses = new CopyOnWriteArrayList<>();
        listen(ChannelNames.responses(WireProfile.CURRENT, "Store", ID), Response.parser(), responses::add);
        return responses;
    }

    private <M extends Message> void listen(BusChannel channel, Parser<M> parser, Consumer<M> action) {
        FrameListener listener = new FrameListener() {
            @Override
            public void onFrame(byte[] frame, Turn turn) {
                try {
                    action.accept(parser.parseFrom(Msg.parseFrom(frame).getValue()));
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

    /** A request that was sent now and has so much time; it says nothing of claims. */
    Request.Builder request(String id, Duration timeout) {
        Instant now = time.now();
        long sentAt = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        return Request.newBuilder()
                .setRequestId(id)
                .setClientId(ID)
                .setSentAt(sentAt)
                .setExpiry(sentAt + timeout.toNanos())
                .setRawRequest(StringValue.of("by hand").toByteString());
    }

    /** Sends a request to a method, as a client would. */
    void send(MethodDefinition<?, ?> method, Request request) {
        MethodInfo info = method.info();
        boolean isQueue = info.routing() == MethodInfo.Routing.QUEUE;
        send(ChannelNames.requests(WireProfile.CURRENT, info.service(), info.method(), List.of(), isQueue), request);
    }

    /** Says who runs a request; empty: nobody. */
    void grant(MethodDefinition<?, ?> method, String requestId, String serverId) {
        MethodInfo info = method.info();
        send(
                ChannelNames.grants(WireProfile.CURRENT, info.service(), info.method(), List.of()),
                ClaimResponse.newBuilder()
                        .setRequestId(requestId)
                        .setServerId(serverId)
                        .build());
    }

    /** In an envelope, as every peer writes it. */
    private void send(BusChannel channel, Message message) {
        Msg envelope = Msg.newBuilder()
                .setTypeUrl(
                        "type.googleapis.com/" + message.getDescriptorForType().getFullName())
                .setValue(message.toByteString())
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

    @Override
    public void close() {
        transport.close();
    }
}
