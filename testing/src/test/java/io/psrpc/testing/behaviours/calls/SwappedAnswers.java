package io.psrpc.testing.behaviours.calls;

import io.psrpc.PsrpcException;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A connection on which one hears that nobody is there before one hears that the frame is out. For frames that nobody gets. */
record SwappedAnswers(BusTransport transport) implements BusTransport {
    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        transport.publish(frame, frame.wantsReceivers() ? new Swapped(listener) : listener);
    }

    private static final class Swapped implements PublishListener {
        private final PublishListener listener;
        private long receivers;

        Swapped(PublishListener listener) {
            this.listener = listener;
        }

        @Override
        public void onPublished(long receivers) {
            this.receivers = receivers;
        }

        @Override
        public void onNobodyThere() {
            listener.onNobodyThere();
            listener.onPublished(receivers);
        }

        @Override
        public void onFailed(PsrpcException failure) {
            listener.onFailed(failure);
        }
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
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        return transport.subscribe(address, delivery, listener);
    }

    @Override
    public void close() {
        transport.close();
    }
}
