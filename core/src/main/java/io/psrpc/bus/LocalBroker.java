package io.psrpc.bus;

import io.psrpc.internal.local.LocalExchange;

/** A broker inside this JVM that several buses share, as several processes would: for tests and demos of many processes in one. */
public final class LocalBroker {
    private final LocalExchange exchange = new LocalExchange();

    private LocalBroker() {}

    /** A broker with nothing on it. It has no thread, and nothing to close. */
    public static LocalBroker create() {
        return new LocalBroker();
    }

    /** A new connection to it, for one {@link MessageBus#over bus}. */
    public BusTransport transport() {
        return exchange.connect();
    }
}
