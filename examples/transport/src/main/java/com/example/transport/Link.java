package com.example.transport;

import com.example.transport.Packet.Kind;
import io.psrpc.ErrorCode;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import java.io.IOException;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One connection to the broker, and what is unanswered on it. It is up once the broker has confirmed every subscription. */
final class Link implements Line.Listener {
    private static final int MAX_UNANSWERED = 10_000;

    private record Publish(OutgoingFrame frame, PublishListener listener) {}

    private final TcpTransport transport;
    private final Line line;
    private final Map<Integer, Publish> unanswered = new ConcurrentHashMap<>();
    private final Set<Integer> awaited = ConcurrentHashMap.newKeySet();
    private List<TcpSubscription> back = List.of();
    private volatile boolean isUp;
    private volatile boolean isOver;

    Link(TcpTransport transport, Socket socket) {
        this.transport = transport;
        this.line = new Line(socket, this::mayGo);
    }

    void start() throws IOException {
        line.start(transport.name(), this);
    }

    boolean isUp() {
        return isUp;
    }

    void send(Packet packet) {
        line.send(packet);
    }

    void close() {
        line.close();
    }

    /** Subscribes these again, and is up when that is confirmed. */
    void awaits(Collection<TcpSubscription> subscriptions) {
        back = List.copyOf(subscriptions);
        for (TcpSubscription subscription : back) {
            awaited.add(subscription.number());
            send(subscription.asking());
        }
    }

    private void checkUp() {
        if (!isUp && awaited.isEmpty()) {
            isUp = true;
            transport.isUp(back);
        }
    }

    /** Whoever takes the publish out of the map tells its listener, so it is told once. */
    void publish(int number, OutgoingFrame frame, PublishListener listener) {
        if (unanswered.size() >= MAX_UNANSWERED) {
            listener.onFailed(ErrorCode.RESOURCE_EXHAUSTED.error("%s: too much unanswered", transport.name()));
            return;
        }
        unanswered.put(number, new Publish(frame, listener));
        send(new Packet(Kind.PUBLISH, number, frame.address(), frame.bytes()));
        if (isOver) {
            fail(number, "connection lost");
        }
    }

    /** On the writer's thread: the last moment to look at a frame's time. */
    private boolean mayGo(Packet packet) {
        Publish publish = packet.kind() == Kind.PUBLISH ? unanswered.get(packet.number()) : null;
        if (publish != null && transport.isLate(publish.frame.notAfterNanos())) {
            fail(packet.number(), "not sent before its time was over");
            return false;
        }
        return true;
    }

    private void fail(int number, String why) {
        Publish publish = unanswered.remove(number);
        if (publish != null) {
            publish.listener.onFailed(ErrorCode.UNAVAILABLE.error("%s: %s", transport.name(), why));
        }
    }

    @Override
    public void onPacket(Packet packet) throws IOException {
        TcpSubscription subscription = transport.subscription(packet.number());
        switch (packet.kind()) {
            case HELLO -> {
                transport.greeted(this);
                checkUp();
            }
            case PUBLISHED -> {
                Publish publish = unanswered.remove(packet.number());
                if (publish != null) {
                    publish.listener.onPublished(Long.parseLong(packet.address()));
                }
            }
            case SUBSCRIBED -> {
                if (subscription != null) {
                    subscription.isConfirmed();
                }
                awaited.remove(packet.number());
                checkUp();
            }
            case UNSUBSCRIBED -> {
                if (subscription != null) {
                    subscription.hasEnded();
                }
            }
            case FRAME -> {
                if (subscription != null) {
                    subscription.deliver(packet.frame());
                }
            }
            default -> throw new IOException("from the broker: " + packet.kind());
        }
    }

    @Override
    public void onEnd() {
        boolean wasUp = isUp;
        isUp = false;
        isOver = true;
        List.copyOf(unanswered.keySet()).forEach(number -> fail(number, "connection lost"));
        transport.lost(wasUp);
    }
}
