package io.psrpc.stub;

import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.Registration;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.client.EngineClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Calls a service's methods by their definitions: what generated clients are made of, and what programs without generated code use.
 * Safe for use from any thread.
 *
 * <p>Methods without {@code Async} block. Called on one of the engine's own threads (a reader, a timer) they fail {@code
 * FAILED_PRECONDITION} at once; interrupted, they restore the flag and throw {@code CANCELED}. Futures complete on the bus's executor.
 */
public interface RpcClient extends AutoCloseable {
    /**
     * A client of {@code service}, once the broker has confirmed the channels on which its answers come.
     *
     * @throws io.psrpc.PsrpcException {@code UNAVAILABLE} if that takes longer than {@link ClientOptions#startTimeout()}
     */
    static RpcClient create(MessageBus bus, ServiceDefinition service, ClientOptions options) {
        return EngineClient.start(bus, service, options);
    }

    /**
     * Sends a request and waits for the one response.
     *
     * @throws io.psrpc.PsrpcException the server's error, or {@code UNAVAILABLE} when nobody serves it, {@code DEADLINE_EXCEEDED}, {@code
     *     CANCELED}, {@code MALFORMED_RESULT}
     */
    <Q extends Message, R extends Message> R request(
            MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options);

    /** As {@link #request}, without waiting; cancelling the future cancels the call. */
    <Q extends Message, R extends Message> CompletableFuture<R> requestAsync(
            MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options);

    /** Sends a request to every server of a method with routing MULTI, and returns the answers as they come. Close them. */
    <Q extends Message, R extends Message> Responses<R> requestAll(
            MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options);

    /**
     * As {@link #requestAll}, without waiting.
     *
     * @param each gets every answer as it comes, one at a time, on the bus's executor
     * @return all answers, at the end of the call
     */
    <Q extends Message, R extends Message> CompletableFuture<List<Response<R>>> requestAllAsync(
            MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options, Consumer<Response<R>> each);

    /** Subscribes to a method's updates, once the broker has confirmed. The method's routing says whether one client gets each, or all. */
    <R extends Message> Subscription<R> subscribe(
            MethodDefinition<?, R> method, Topic topic, SubscriptionOptions options);

    /** As {@link #subscribe}, with a listener, which is called on the bus's executor, one update at a time. */
    <R extends Message> CompletableFuture<Registration> subscribeAsync(
            MethodDefinition<?, R> method, Topic topic, SubscriptionOptions options, SubscriptionListener<R> listener);

    /** Ends its calls and subscriptions ({@code CANCELED} "client is closed"). May be called twice. */
    @Override
    void close();
}
