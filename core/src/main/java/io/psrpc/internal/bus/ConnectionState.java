package io.psrpc.internal.bus;

import io.psrpc.Registration;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusState.Status;
import io.psrpc.internal.execution.SerialQueue;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Where the connection stands, and who is told. CLOSED is final. */
final class ConnectionState {
    private static final System.Logger LOG = System.getLogger("io.psrpc.bus");

    /** Guards changes of {@link #current}. */
    private final ReentrantLock lock = new ReentrantLock();

    private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger reconnects = new AtomicInteger();
    private final SerialQueue announcements;
    private volatile BusState current;

    ConnectionState(Instant now, Executor executor) {
        current = new BusState(Status.CONNECTING, now, "");
        announcements = new SerialQueue(executor);
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
        } finally {
            lock.unlock();
        }
        if (!listeners.isEmpty()) {
            announcements.execute(() -> listeners.forEach(listener -> tell(listener, next)));
        }
    }

    private static void tell(Listener listener, BusState state) {
        try {
            listener.consumer.accept(state);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "state listener failed", e);
        }
    }

    Registration listen(Consumer<BusState> listener) {
        Listener own = new Listener(listener);
        listeners.add(own);
        return () -> listeners.remove(own);
    }

    /** One registration: told from another one of the same consumer by identity. */
    private static final class Listener {
        private final Consumer<BusState> consumer;

        Listener(Consumer<BusState> consumer) {
            this.consumer = consumer;
        }
    }
}
