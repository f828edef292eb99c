package io.psrpc.internal.routing;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes every frame and never says what became of it. */
final class SilentTransport implements BusTransport {
    private final List<OutgoingFrame> frames = new ArrayList<>();

    /** How many frames have gone to an address. */
    int sentTo(String address) {
        return (int)
                frames.stream().filter(frame -> frame.address().equals(address)).count();
    }

    @Override
    public String name() {
        return "silent";
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public String address(BusChannel channel) {
        return channel.flat();
    }

    @Override
    public boolean sharesAddresses() {
        return false;
    }

    @Override
    public int maxFrameBytes() {
        return 1 << 20;
    }

    @Override
    public ReceiverCount receiverCount() {
        return ReceiverCount.CONNECTIONS;
    }

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        frames.add(frame);
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        return CompletableFuture.completedFuture(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public void close() {}
}
