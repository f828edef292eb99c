package io.psrpc.protoc;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An in-process broker's transport that keeps on which channels frames went out. */
final class Wiretap implements BusTransport {
    private final BusTransport transport = LocalBroker.create().transport();
    private final Map<String, BusChannel> channels = new ConcurrentHashMap<>();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** The channels to servers and subscribers since the last call, under both their names: {@code flat = subject key}. */
    Set<String> drainRequests() {
        Set<String> requests = used.stream()
                .filter(address -> address.endsWith("|REQ"))
                .map(channels::get)
                .map(channel -> channel.flat() + " = " + channel.subject() + " " + channel.key())
                .collect(Collectors.toCollection(TreeSet::new));
        used.clear();
        return requests;
    }

    @Override
    public String name() {
        return "wiretap";
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        return transport.start(host);
    }

    @Override
    public String address(BusChannel channel) {
        String address = transport.address(channel);
        channels.put(address, channel);
        return address;
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
        used.add(frame.address());
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
