package io.psrpc.testing.behaviours.buses;

import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.PsrpcException;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The two ways to use a client or a publisher. */
enum Flavour {
    BLOCKING,
    ASYNC;

    /** Starts a call, on another thread where it blocks; returns when it waits for its answer. */
    <Q extends Message, R extends Message> CompletableFuture<R> start(
            RpcClient client, MethodDefinition<Q, R> method, Q request, CallOptions options) {
        if (this == ASYNC) {
            return client.requestAsync(method, Topic.NONE, request, options);
        }
        return Threads.runUntilItWaits(() -> client.request(method, Topic.NONE, request, options));
    }

    /** Calls, and waits for the answer. */
    <Q extends Message, R extends Message> R call(RpcClient client, MethodDefinition<Q, R> method, Q request) {
        return call(client, method, Topic.NONE, request);
    }

    <Q extends Message, R extends Message> R call(
            RpcClient client, MethodDefinition<Q, R> method, Topic topic, Q request) {
        if (this == BLOCKING) {
            return Threads.join(Threads.run(() -> client.request(method, topic, request, CallOptions.DEFAULT)));
        }
        return Threads.join(client.requestAsync(method, topic, request, CallOptions.DEFAULT));
    }

    /** What a call fails with. */
    <Q extends Message, R extends Message> PsrpcException failure(
            RpcClient client, MethodDefinition<Q, R> method, Q request) {
        return Threads.failure(() -> call(client, method, request));
    }

    <R extends Message> void publish(RpcPublisher publisher, MethodDefinition<?, R> method, R update) {
        publish(publisher, method, Topic.NONE, update);
    }

    <R extends Message> void publish(RpcPublisher publisher, MethodDefinition<?, R> method, Topic topic, R update) {
        if (this == BLOCKING) {
            publisher.publish(method, topic, update);
        } else {
            Threads.join(publisher.publishAsync(method, topic, update));
        }
    }

    <R extends Message> Heard<R> subscribe(RpcClient client, MethodDefinition<?, R> method) {
        return subscribe(client, method, Topic.NONE, SubscriptionOptions.DEFAULT);
    }

    <R extends Message> Heard<R> subscribe(
            RpcClient client, MethodDefinition<?, R> method, Topic topic, SubscriptionOptions options) {
        if (this == BLOCKING) {
            return new Heard.Pulled<>(client.subscribe(method, topic, options));
        }
        Heard.Pushed<R> pushed = new Heard.Pushed<>();
        pushed.of(Threads.join(client.subscribeAsync(method, topic, options, pushed)));
        return pushed;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
