package io.psrpc.bus;

import java.util.Objects;

/**
 * One logical channel under its three names. A transport picks the one that its broker uses in {@link BusTransport#address}.
 *
 * @param flat the whole name in one string, unique per channel: what Redis and the in-process bus use
 * @param subject a name of dot-separated tokens, which several channels may share: what NATS uses
 * @param key tells the channels of one subject apart; empty where nothing shares the subject
 */
public record BusChannel(String flat, String subject, String key) {
    /** Checks that no name is null. */
    public BusChannel {
        Objects.requireNonNull(flat, "flat");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(key, "key");
    }

    /**
     * A channel of one's own: {@code name} is its name on every broker.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static BusChannel named(String name) {
        if (Objects.requireNonNull(name, "name").isEmpty()) {
            throw new IllegalArgumentException("name: empty (expected: a name)");
        }
        return new BusChannel(name, name, "");
    }
}
