package io.psrpc.stub;

import io.psrpc.Registration;
import io.psrpc.ServerOptions;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.server.EngineServer;
import java.time.Duration;

/**
 * Serves a service's methods by their definitions: what generated servers are made of, and what programs without generated code use.
 * Safe for use from any thread. It owns no thread; a program must keep itself alive.
 */
public interface RpcServer extends RpcPublisher {
    /** A server that serves nothing yet. Does not touch the broker. */
    static RpcServer create(MessageBus bus, ServiceDefinition service, ServerOptions options) {
        return EngineServer.create(bus, service, options);
    }

    /** The id that clients see in answers. */
    String serverId();

    /**
     * Serves {@code bindings}: all of them or, on a failure, none. Returns when the broker has confirmed: first the channels on which
     * claims are granted, then the requests, so that a claim is never granted to a server that cannot hear it.
     *
     * @return closing it stops new requests and returns when the broker has confirmed; requests that run go on
     * @throws io.psrpc.PsrpcException {@code UNAVAILABLE} if the broker does not confirm within {@link ServerOptions#startTimeout()};
     *     {@code ALREADY_EXISTS} if this server serves that method and topic
     */
    Registration register(Binding... bindings);

    /**
     * Takes no new requests, serves those on their way, and waits for claims and handlers; not for a handler or affinity function that
     * calls it.
     *
     * @return true: everything ended in time
     * @throws io.psrpc.PsrpcException {@code FAILED_PRECONDITION} on an engine thread; {@link #close} does not wait there
     */
    boolean drain(Duration limit);

    /** Stops at once: interrupts handlers, answers what they were at with {@code CANCELED} "server is closed". */
    void shutdownNow();

    /** {@link #drain} for at most {@link ServerOptions#drainTimeout()}, then {@link #shutdownNow}. May be called twice. */
    @Override
    void close();
}
