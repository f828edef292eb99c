package io.psrpc.stub;

import com.google.protobuf.Message;
import io.psrpc.PublisherOptions;
import io.psrpc.Topic;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.server.EnginePublisher;
import java.util.concurrent.CompletableFuture;

/** Publishes the updates of a service's subscription methods; needs no handler. Safe for use from any thread. */
public interface RpcPublisher extends AutoCloseable {
    /** As {@link #create(MessageBus, ServiceDefinition, PublisherOptions)} with default options. */
    static RpcPublisher create(MessageBus bus, ServiceDefinition service) {
        return create(bus, service, PublisherOptions.DEFAULT);
    }

    /**
     * A publisher of {@code service}'s updates. On a bus that has not connected yet it waits until it has: what is published then is not
     * refused because of that.
     *
     * @throws io.psrpc.PsrpcException {@code UNAVAILABLE} if that takes longer than {@link PublisherOptions#startTimeout()};
     *     {@code FAILED_PRECONDITION} on an engine thread, if it has to wait; {@code CANCELED} if the bus is closed
     */
    static RpcPublisher create(MessageBus bus, ServiceDefinition service, PublisherOptions options) {
        return EnginePublisher.create(bus, service, options);
    }

    /**
     * Publishes an update and returns when the broker has taken it; whether anyone subscribes is not looked at.
     *
     * @throws io.psrpc.PsrpcException {@code UNAVAILABLE} when not connected or not taken in time, {@code RESOURCE_EXHAUSTED} when it is
     *     larger than the broker takes
     */
    <R extends Message> void publish(MethodDefinition<?, R> method, Topic topic, R update);

    /** As {@link #publish}, without waiting; the future completes on the bus's executor. */
    <R extends Message> CompletableFuture<Void> publishAsync(MethodDefinition<?, R> method, Topic topic, R update);

    /** Ends it; publishing fails {@code CANCELED} from then on. May be called twice. */
    @Override
    void close();
}
