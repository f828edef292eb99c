package com.example.transport;

import com.example.transport.Packet.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A broker on the loopback interface. A frame goes to every subscriber of its address and to one of those who joined it, in turn, and its
 * publisher is told how many connections got it.
 */
public final class TcpBroker implements AutoCloseable {
    private record Subscription(Client client, int number, boolean isMember) {}

    private final ServerSocket server;
    private final Set<Client> clients = new LinkedHashSet<>();
    private final Map<String, List<Subscription>> subscriptions = new HashMap<>();
    private int turn;
    private boolean isPaused;

    /** A broker on a free port. */
    public TcpBroker() {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread accepting = new Thread(this::accept, "tcp-broker");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /** How many connections it has. */
    public synchronized int connections() {
        return clients.size();
    }

    /** Drops all connections and takes no new ones, as if it were down. */
    public synchronized void pause() {
        isPaused = true;
        List.copyOf(clients).forEach(client -> client.line.close());
    }

    /** Takes connections again. */
    public synchronized void resume() {
        isPaused = false;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                welcome(server.accept());
            } catch (IOException end) {
                // A connection that was gone at once, or the broker's own end.
            }
        }
    }

    private synchronized void welcome(Socket socket) throws IOException {
        if (isPaused) {
            socket.close();
            return;
        }
        Client client = new Client(socket);
        client.line.start("tcp-broker", client);
        clients.add(client);
        client.line.send(Packet.of(Kind.HELLO, 0));
    }

    private synchronized void subscribe(Subscription subscription, String address) {
        subscriptions.computeIfAbsent(address, key -> new ArrayList<>()).add(subscription);
        subscription.client.line.send(Packet.of(Kind.SUBSCRIBED, subscription.number));
    }

    private synchronized void unsubscribe(Client client, int number) {
        subscriptions.values().forEach(list -> list.removeIf(one -> one.client == client && one.number == number));
        subscriptions.values().removeIf(List::isEmpty);
        client.line.send(Packet.of(Kind.UNSUBSCRIBED, number));
    }

    private synchronized void publish(Client from, Packet packet) {
        List<Subscription> all = subscriptions.getOrDefault(packet.address(), List.of());
        List<Subscription> members = all.stream().filter(Subscription::isMember).toList();
        for (Subscription subscription : all) {
            if (!subscription.isMember) {
                deliver(subscription, packet);
            }
        }
        if (!members.isEmpty()) {
            deliver(members.get(Math.floorMod(turn++, members.size())), packet);
        }
        long receivers = all.stream().map(Subscription::client).distinct().count();
        from.line.send(Packet.of(Kind.PUBLISHED, packet.number(), Long.toString(receivers)));
    }

    private static void deliver(Subscription to, Packet packet) {
        to.client.line.send(new Packet(Kind.FRAME, to.number, "", packet.frame()));
    }

    private synchronized void forget(Client client) {
        clients.remove(client);
        subscriptions.values().forEach(list -> list.removeIf(one -> one.client == client));
        subscriptions.values().removeIf(List::isEmpty);
    }

    /** Drops all connections and frees the port. */
    @Override
    public void close() {
        pause();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client's connection, seen from here. */
    private final class Client implements Line.Listener {
        private final Line line;

        Client(Socket socket) {
            line = new Line(socket, packet -> true);
        }

        @Override
        public void onPacket(Packet packet) throws IOException {
            switch (packet.kind()) {
                case SUBSCRIBE -> subscribe(new Subscription(this, packet.number(), false), packet.address());
                case JOIN -> subscribe(new Subscription(this, packet.number(), true), packet.address());
                case UNSUBSCRIBE -> unsubscribe(this, packet.number());
                case PUBLISH -> publish(this, packet);
                default -> throw new IOException("from a client: " + packet.kind());
            }
        }

        @Override
        public void onEnd() {
            forget(this);
        }
    }
}
