package io.psrpc.internal.interleaving;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.internal.bus.EngineBus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Confirms every subscription at once and keeps every frame. What became of a publish is for the test to say. */
public final class StillTransport implements BusTransport {
    private final List<OutgoingFrame> frames = new ArrayList<>();

    /** A bus over it that runs everything where it happens. */
    public EngineBus bus(StillTime time) {
        BusOptions options = BusOptions.builder()
                .time(time)
                .executor(Runnable::run)
                .randomSeed(1)
                .build();
        return EngineBus.start(this, options);
    }

    /** How many frames have gone to an address. */
    public synchronized int sentTo(String address) {
        return (int)
                frames.stream().filter(frame -> frame.address().equals(address)).count();
    }

    @Override
    public String name() {
        return "still";
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
    public synchronized void publish(OutgoingFrame frame, PublishListener listener) {
        frames.add(frame);
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        return CompletableFuture.completedFuture(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public void close() {}
}
