package io.psrpc.internal.local;

import io.psrpc.bus.BusTransport;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A broker inside the JVM, which several connections share. It has no thread: whoever publishes delivers, and hands over to an executor
 * what becomes too much. Frames of one address are delivered one at a time and in the order in which they were published.
 */
public final class LocalExchange {
    /** Those that somebody is subscribed to. Members change inside its compute methods only. */
    private final ConcurrentHashMap<String, LocalAddress> addresses = new ConcurrentHashMap<>();

    /** A broker with nothing on it. */
    public LocalExchange() {}

    /** A new connection; several share no subscriptions, but all frames. */
    public BusTransport connect() {
        return new LocalTransport(this);
    }

    /** What to publish to: an address of its own, and thrown away, where nobody is subscribed. */
    LocalAddress find(String address) {
        LocalAddress found = addresses.get(address);
        return found == null ? new LocalAddress(address) : found;
    }

    /** Takes effect at once. */
    LocalAddress add(LocalSubscription subscription) {
        return addresses.compute(subscription.address(), (name, known) -> {
            LocalAddress address = known == null ? new LocalAddress(name) : known;
            address.changeMembers(address.members().with(subscription));
            return address;
        });
    }

    /** Takes effect at once, and does nothing the second time. */
    void remove(LocalSubscription subscription) {
        addresses.computeIfPresent(subscription.address(), (name, address) -> {
            address.changeMembers(address.members().without(subscription));
            return address.members().isEmpty() ? null : address;
        });
    }

    /** How many addresses somebody is subscribed to. */
    int size() {
        return addresses.size();
    }
}
