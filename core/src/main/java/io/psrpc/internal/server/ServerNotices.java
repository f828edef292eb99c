package io.psrpc.internal.server;

import io.psrpc.ServerObserver;
import java.util.List;
import java.util.function.Consumer;

/** Tells a server's observers what happens. */
final class ServerNotices {
    private static final System.Logger LOG = System.getLogger("io.psrpc.server");

    private final List<ServerObserver> observers;

    ServerNotices(List<ServerObserver> observers) {
        this.observers = observers;
    }

    /** False: there is nobody to make an event for. */
    boolean hasObservers() {
        return !observers.isEmpty();
    }

    void tell(Consumer<ServerObserver> event) {
        for (ServerObserver observer : observers) {
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
