package io.psrpc.bus;

import com.google.protobuf.Message;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.internal.bus.EngineBus;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What clients and servers are started on: a transport, and everything that is the same over every transport. One per process and
 * broker is enough; it may carry thousands of clients and servers, which own no thread or connection themselves.
 *
 * <p>Closing it ends them. Safe for use from any thread.
 */
public sealed interface MessageBus extends AutoCloseable permits EngineBus {
    /**
     * A bus over a transport, which it starts, and closes when it is closed. Does not wait for the connection: creating clients
     * and publishers and starting servers does.
     */
    static MessageBus over(BusTransport transport, BusOptions options) {
        Objects.requireNonNull(transport, "transport");
        return EngineBus.start(transport, Objects.requireNonNull(options, "options"));
    }

    /** Where the connection stands. */
    BusState state();

    /**
     * Calls {@code listener} with each later change of the state, one at a time and in order, on the bus's callback executor.
     *
     * @return closing it ends the calls
     */
    Registration onState(Consumer<BusState> listener);

    /** The counters so far. */
    BusStats stats();

    /**
     * Publishes a message on a channel of one's own, without a service, in the envelope that all PSRPC peers use.
     *
     * @return done when the broker has taken it; fails {@code UNAVAILABLE} (before the first connection too: {@link #onState} tells of
     *     that), {@code RESOURCE_EXHAUSTED}, {@code PERMISSION_DENIED} or {@code INTERNAL}; completes on the bus's callback executor
     */
    CompletableFuture<Void> publish(BusChannel channel, Message message);

    /**
     * Subscribes to a channel of one's own; every subscriber gets every message. Returns when the broker has confirmed.
     *
     * @param prototype of the messages; others are dropped and counted
     * @throws io.psrpc.PsrpcException {@code UNAVAILABLE} if the broker does not confirm within 10 s
     */
    <T extends Message> Subscription<T> subscribe(BusChannel channel, T prototype, SubscriptionOptions options);

    /** As {@link #subscribe}, but each message goes to one of those who subscribed in this way. */
    <T extends Message> Subscription<T> subscribeQueue(BusChannel channel, T prototype, SubscriptionOptions options);

    /**
     * Ends all clients and servers on it (their calls fail {@code CANCELED}), then the transport. An executor or a connection that was
     * lent to it stays open. May be called twice.
     */
    @Override
    void close();
}
