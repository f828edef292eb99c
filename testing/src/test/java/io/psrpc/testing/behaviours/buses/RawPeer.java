package io.psrpc.testing.behaviours.buses;

import com.google.protobuf.InvalidProtocolBufferException;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.Turn;
import io.psrpc.testing.ManualTime;
import io.psrpc.testing.transports.FakeHost;
import io.psrpc.testing.transports.FakePublish;
import io.psrpc.wire.Msg;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody on the broker without an engine: a peer that is written otherwise, or one that means no good. */
final class RawPeer implements AutoCloseable {
    private final BusTransport connection;

    RawPeer(BusTransport connection, ManualTime time) {
        this.connection = connection;
        Threads.join(connection.start(new FakeHost(time)).toCompletableFuture());
    }

    /** Publishes an envelope, with the channel's key where the broker's addresses are shared. */
    void publish(BusChannel to, Msg.Builder envelope) {
        if (connection.sharesAddresses() && !to.key().isEmpty()) {
            envelope.setChannel(to.key());
        }
        publish(to, envelope.build().toByteArray());
    }

    void publish(BusChannel to, byte[] frame) {
        OutgoingFrame outgoing = new OutgoingFrame(connection.address(to), frame, Long.MAX_VALUE, false);
        connection.publish(outgoing, FakePublish.unsent());
    }

    /** Hears everything on a channel from now on. */
    Ear listen(BusChannel channel) {
        return listen(channel, Delivery.EVERY_SUBSCRIBER);
    }

    Ear listen(BusChannel channel, Delivery delivery) {
        Ear ear = new Ear();
        Threads.join(
                connection.subscribe(connection.address(channel), delivery, ear).toCompletableFuture());
        return ear;
    }

    /** The broker's name for a channel. */
    String address(BusChannel channel) {
        return connection.address(channel);
    }

    @Override
    public void close() {
        connection.close();
    }

    /** Notes the frames that it hears. */
    static final class Ear implements FrameListener {
        private final List<Msg> heard = new CopyOnWriteArrayList<>();
        private final List<Turn> turns = new CopyOnWriteArrayList<>();

        private Ear() {}

        List<Msg> heard() {
            return heard;
        }

        /** The rights to them, in the same order. */
        List<Turn> turns() {
            return turns;
        }

        @Override
        public void onFrame(byte[] frame, Turn turn) {
            try {
                turns.add(turn);
                heard.add(Msg.parseFrom(frame));
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onGap() {}
    }
}
