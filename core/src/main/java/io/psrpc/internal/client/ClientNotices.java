package io.psrpc.internal.client;

import io.psrpc.ClientObserver;
import io.psrpc.PsrpcException;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.routing.Outbound;
import java.util.List;
import java.util.function.Consumer;

/** What a client says beside its requests: claim answers to the servers, events to its observers. */
final class ClientNotices {
    private static final System.Logger LOG = System.getLogger("io.psrpc.client");
    private static final String NOBODY = "";

    private final EngineBus bus;
    private final List<ClientObserver> observers;

    ClientNotices(EngineBus bus, List<ClientObserver> observers) {
        this.bus = bus;
        this.observers = observers;
    }

    void grant(UnaryCall call, String serverId) {
        publish(call, serverId, new Outbound() {
            @Override
            protected void published(long receivers) {}

            @Override
            protected void failed(PsrpcException failure) {
                call.end(failure);
            }
        });
    }

    /** A failure costs the servers a little memory until the request expires; there is nobody to tell. */
    void release(UnaryCall call) {
        publish(call, NOBODY, new Outbound() {
            @Override
            protected void published(long receivers) {}

            @Override
            protected void failed(PsrpcException failure) {
                LOG.log(
                        System.Logger.Level.DEBUG,
                        "request {0}: its bidders could not be released: {1}",
                        call.requestId,
                        failure.getMessage());
            }
        });
    }

    private void publish(UnaryCall call, String serverId, Outbound listener) {
        byte[] frame = bus.writer().grant(call.target.grants().key(), call.requestId, serverId);
        long notAfter = call.startNanos + Math.max(call.timeoutNanos(), EXTRA_NANOS) + EXTRA_NANOS;
        bus.outbox().publish(call.target.grants(), frame, notAfter, false, listener);
    }

    /** A release goes out at the deadline, so it gets a little longer. */
    private static final long EXTRA_NANOS = 1_000_000_000L;

    boolean hasObservers() {
        return !observers.isEmpty();
    }

    void notifyObservers(Consumer<ClientObserver> event) {
        for (ClientObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (Throwable e) {
                // An error too: the call that it watches would never end.
                LOG.log(
                        System.Logger.Level.WARNING,
                        "observer " + observer.getClass().getName() + " failed",
                        e);
            }
        }
    }
}
