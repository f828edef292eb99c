package io.psrpc.testing.transports;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A transport that does what another one does; a test overrides what is to be different. */
public abstract class Forwarding implements BusTransport {
    /** What does the work. */
    protected final BusTransport transport;

    private volatile @Nullable TransportHost host;

    /** Around {@code transport}, which is started and closed with this one. */
    protected Forwarding(BusTransport transport) {
        this.transport = transport;
    }

    /** The bus, once this is started. */
    protected final TransportHost host() {
        return Objects.requireNonNull(host, "host");
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        this.host = host;
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
