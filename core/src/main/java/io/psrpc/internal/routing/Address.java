package io.psrpc.internal.routing;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import org.jspecify.annotations.Nullable;

/**
 * A channel as one transport names it, worked out once.
 *
 * @param name the broker's name
 * @param key what stands in the envelope to tell the channels of one address apart; empty where nothing shares the address
 * @param keyName where group frames of this channel are handed on; null: nowhere
 */
public record Address(String name, String key, @Nullable String keyName) {
    public static Address of(BusTransport transport, BusChannel channel) {
        String key = transport.sharesAddresses() ? channel.key() : "";
        return new Address(transport.address(channel), key, transport.keyAddress(channel));
    }
}
