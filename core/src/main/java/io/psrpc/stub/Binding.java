package io.psrpc.stub;

import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo.Kind;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.PsrpcException;
import io.psrpc.RequestContext;
import io.psrpc.Topic;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A method, a topic, and what serves them. Immutable; {@code RpcServer.register} takes one or several, all or none. */
public final class Binding {
    private final MethodDefinition<?, ?> method;
    private final Topic topic;
    private final UnaryHandler<Message, Message> handler;
    private final @Nullable Affinity<Message> affinity;

    // The engine hands over what the method's prototypes have parsed, so messages are of the types that the definition
    // says.
    @SuppressWarnings("unchecked")
    private <Q extends Message, R extends Message> Binding(
            MethodDefinition<Q, R> method, Topic topic, UnaryHandler<Q, R> handler, @Nullable Affinity<Q> affinity) {
        this.method = method;
        this.topic = topic;
        this.handler = (UnaryHandler<Message, Message>) Objects.requireNonNull(handler, "handler");
        this.affinity = (Affinity<Message>) affinity;
    }

    /**
     * Serves a unary method; where servers bid for requests, bids 1 for each.
     *
     * @param topic as many parts as the method has topic names; {@link Topic#NONE} for a method without topics
     * @throws IllegalArgumentException if the method is not unary, or the topic does not suit it
     */
    public static <Q extends Message, R extends Message> Binding unary(
            MethodDefinition<Q, R> method, Topic topic, UnaryHandler<Q, R> handler) {
        checkTarget(method, topic);
        return new Binding(method, topic, handler, null);
    }

    /**
     * Serves a unary method with routing AFFINITY, bidding what {@code affinity} says.
     *
     * @param topic as many parts as the method has topic names; {@link Topic#NONE} for a method without topics
     * @throws IllegalArgumentException if the method is not unary, or the topic does not suit it
     * @throws PsrpcException {@code INVALID_ARGUMENT} if the method would never ask it
     */
    public static <Q extends Message, R extends Message> Binding unary(
            MethodDefinition<Q, R> method, Topic topic, UnaryHandler<Q, R> handler, Affinity<Q> affinity) {
        checkTarget(method, topic);
        Objects.requireNonNull(affinity, "affinity");
        if (method.info().routing() != Routing.AFFINITY || method.isSingleServer()) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "affinity: a function for %s, which never asks it (expected: one for routing AFFINITY without single server alone)",
                    method);
        }
        return new Binding(method, topic, handler, affinity);
    }

    /** The method that is served. */
    public MethodDefinition<?, ?> method() {
        return method;
    }

    /** The topic that it is served for. */
    public Topic topic() {
        return topic;
    }

    /** What serves it. Takes messages of the request prototype's type only. */
    public UnaryHandler<Message, Message> handler() {
        return handler;
    }

    /** What bids for it; takes messages of the request prototype's type only. Empty: the bid is always 1. */
    public Optional<Affinity<Message>> affinity() {
        return Optional.ofNullable(affinity);
    }

    private static void checkTarget(MethodDefinition<?, ?> method, Topic topic) {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(topic, "topic");
        if (method.info().kind() != Kind.UNARY) {
            throw new IllegalArgumentException("method: " + method + ", a subscription (expected: a unary method)");
        }
        if (topic.parts().size() != method.topicNames().size()) {
            String expected =
                    method.topicNames().isEmpty() ? "Topic.NONE" : "a part for each of " + method.topicNames();
            throw new IllegalArgumentException("topic: " + topic + " for " + method + " (expected: " + expected + ")");
        }
    }

    /**
     * Serves the requests of one method.
     *
     * @param <Q> the request
     * @param <R> the response
     */
    @FunctionalInterface
    public interface UnaryHandler<Q, R> {
        /**
         * Answers a request. Runs on the server's executor, so it may block; interrupted when the server is shut down.
         *
         * @throws Exception the answer's error: a {@link PsrpcException} as it is, anything else as {@link
         *     io.psrpc.ServerOptions.Builder#errorMapper} and {@link io.psrpc.ServerOptions.Builder#errorMasking} say
         */
        R handle(RequestContext ctx, Q request) throws Exception;
    }

    /**
     * Says how well this server suits a request.
     *
     * @param <Q> the request
     */
    @FunctionalInterface
    public interface Affinity<Q> {
        /**
         * The bid for a request, by a measure that all servers of the method share. Runs on the bus's callback executor; be quick, the
         * caller waits.
         *
         * @return above zero: the higher, the better; zero: not available, never chosen, and the caller learns that at once; below: the
         *     server stays silent, so that a caller that expects a bid waits for it in vain
         * @throws Exception which is logged; the server stays silent
         */
        float of(RequestContext ctx, Q request) throws Exception;
    }
}
