package io.psrpc.testing.behaviours.servers;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A connection that does as another one does, but for what a test has it do otherwise. */
abstract class ForwardingTransport implements BusTransport {
    private final BusTransport transport;

    ForwardingTransport(BusTransport transport) {
        this.transport = transport;
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        return transport.start(host);
    }

    @Override
    public String address(BusChannel channel) {
        return transport.address(channel);
    }

    @Override
    public @Nullable String keyAddress(BusChannel channel) {
        return transport.keyAddress(channel);
    }

    @Override
    public boolean sharesAddresses() {
        return transport.sharesAddresses();
    }

    @Override
    public int maxFrameBytes() {
        return transport.maxFrameBytes();
    }

    @Override
    public ReceiverCount receiverCount() {
        return transport.receiverCount();
    }

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        transport.publish(frame, listener);
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        return transport.subscribe(address, delivery, listener);
    }

    @Override
    public void close() {
        transport.close();
    }
}
