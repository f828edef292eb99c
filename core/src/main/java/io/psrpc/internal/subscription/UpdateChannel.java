package io.psrpc.internal.subscription;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.Inbound;
import java.util.function.Consumer;

/**
 * Where updates come from.
 *
 * @param label what messages call it
 * @param isHandedOn members of the group hand on to each other what they do not listen to
 * @param notServed answers what has come to this address for a channel that nobody in reach listens to
 */
public record UpdateChannel(
        String label, Address address, Delivery delivery, boolean isHandedOn, Consumer<Inbound> notServed) {
    /** A channel that shares its address with nothing. */
    public static UpdateChannel alone(String label, Address address, Delivery delivery) {
        return new UpdateChannel(label, address, delivery, false, inbound -> {});
    }
}
