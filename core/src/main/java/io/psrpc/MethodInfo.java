package io.psrpc;

import java.util.Objects;

/**
 * What interceptors, observers and contexts say about a method.
 *
 * @param service the service's name on the wire
 * @param method the method's name on the wire
 * @param kind what is done with it
 * @param routing who gets what is sent
 */
public record MethodInfo(String service, String method, Kind kind, Routing routing) {
    /** Checks that nothing is null. */
    public MethodInfo {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(routing, "routing");
    }

    /** What is done with a method. */
    public enum Kind {
        /** One request, and one response from each server that it is for. */
        UNARY,
        /** Servers publish updates, clients receive them. */
        SUBSCRIPTION
    }

    /** Who gets a request or an update. */
    public enum Routing {
        /** One server, or one subscriber, in turn. */
        QUEUE,
        /** The server that suits best: each bids, the client chooses. */
        AFFINITY,
        /** Everyone. */
        MULTI
    }
}
