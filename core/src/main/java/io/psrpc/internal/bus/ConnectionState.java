package io.psrpc.internal.bus;

import io.psrpc.Registration;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusState.Status;
import io.psrpc.internal.execution.SerialQueue;
import java.time.Instant;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Where the connection stands, and who is told. CLOSED is final. */
final class ConnectionState {
    private static final System.Logger LOG = System.getLogger("io.psrpc.bus");

    /** Guards changes of {@link #current}, and who has heard of them. */
    private final ReentrantLock lock = new ReentrantLock();

    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger reconnects = new AtomicInteger();
    private final Executor executor;
    private volatile BusState current;

    ConnectionState(Instant now, Executor executor) {
        this.executor = executor;
        current = new BusState(Status.CONNECTING, now, "");
    }

    BusState current() {
        return current;
    }

    int reconnects() {
        return reconnects.get();
    }

    void change(BusState next) {
        lock.lock();
        try {
            if (current.status() == Status.CLOSED) {
                return;
            }
            if (current.status() == Status.DISCONNECTED && next.status() == Status.CONNECTED) {
                reconnects.incrementAndGet();
            }
            current = next;
            listeners.forEach(own -> own.changes.add(next));
        } finally {
            lock.unlock();
        }
        listeners.forEach(Listener::flush);
    }

    Registration listen(Consumer<BusState> listener) {
        Listener own = new Listener(Objects.requireNonNull(listener, "listener"));
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** One registration, and the changes that it has still to hear of. Has turns of its own: one that blocks holds up no other. */
    private final class Listener {
        final Queue<BusState> changes = new ConcurrentLinkedQueue<>();
        private final Consumer<BusState> listener;
        private final SerialQueue turns = new SerialQueue(executor);

        Listener(Consumer<BusState> listener) {
            this.listener = listener;
        }

        void flush() {
            turns.execute(this::tell);
        }

        private void tell() {
            BusState change = changes.poll();
            if (change == null || !listeners.contains(this)) {
                return;
            }
            try {
                listener.accept(change);
            } catch (Throwable e) {
                LOG.log(System.Logger.Level.WARNING, "state listener failed", e);
            }
        }
    }
}
