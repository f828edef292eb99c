package io.psrpc.testing.behaviours.buses;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.testing.transports.Forwarding;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A connection through which a test sees every frame that a process publishes, and keeps frames back as a slow network would. */
final class Tampered extends Forwarding {
    private final Consumer<OutgoingFrame> onPublish;
    private final Queue<Runnable> kept = new ArrayDeque<>();
    private Predicate<OutgoingFrame> keeping = frame -> false;

    Tampered(BusTransport transport, Consumer<OutgoingFrame> onPublish) {
        super(transport);
        this.onPublish = onPublish;
    }

    /** Frames of which {@code which} is true stay here until they are let go. */
    synchronized void keep(Predicate<OutgoingFrame> which) {
        keeping = which;
    }

    /** How many frames are here. */
    synchronized int kept() {
        return kept.size();
    }

    /** Hands what was kept to the connection, as a client does that has queued it. */
    void letGo() {
        Queue<Runnable> going;
        synchronized (this) {
            keeping = frame -> false;
            going = new ArrayDeque<>(kept);
            kept.clear();
        }
        going.forEach(Runnable::run);
    }

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        onPublish.accept(frame);
        synchronized (this) {
            if (keeping.test(frame)) {
                kept.add(() -> transport.publish(frame, listener));
                return;
            }
        }
        transport.publish(frame, listener);
    }
}
