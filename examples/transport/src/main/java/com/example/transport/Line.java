package com.example.transport;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/** One end of a TCP connection: a thread that reads, and one that writes what was sent. */
final class Line {
    /** Who hears what comes in. Called on the reading thread. */
    interface Listener {
        void onPacket(Packet packet) throws IOException;

        /** Nothing comes any more. Once. */
        void onEnd();
    }

    private final Socket socket;
    private final BlockingQueue<Packet> sending = new LinkedBlockingQueue<>();
    private final Predicate<Packet> mayGo;

    /** @param mayGo asked right before a packet is written; false: it stays behind */
    Line(Socket socket, Predicate<Packet> mayGo) {
        this.socket = socket;
        this.mayGo = mayGo;
    }

    void start(String name, Listener listener) throws IOException {
        // Small packets, and whoever sent one waits for the answer.
        socket.setTcpNoDelay(true);
        thread(name + " reader", () -> read(listener));
        thread(name + " writer", this::write);
    }

    private static void thread(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns at once; what is sent is written in this order. */
    void send(Packet packet) {
        sending.add(packet);
    }

    private void read(Listener listener) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                listener.onPacket(Packet.read(in));
            }
        } catch (IOException | RuntimeException end) {
            close();
            listener.onEnd();
        }
    }

    private void write() {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()))) {
            while (!socket.isClosed()) {
                Packet packet = sending.take();
                if (mayGo.test(packet)) {
                    packet.write(out);
                }
                if (sending.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException | InterruptedException end) {
            close();
        }
    }

    /** Ends both threads, and the other side's. */
    void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that cannot be closed", e);
        }
        // Wakes the writer.
        sending.add(Packet.of(Packet.Kind.HELLO, 0));
    }
}
