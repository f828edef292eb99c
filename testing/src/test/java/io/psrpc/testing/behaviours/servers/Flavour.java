package io.psrpc.testing.behaviours.servers;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Topic;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** How a test calls. */
enum Flavour {
    /** On a thread of its own, which waits. */
    BLOCKING("blocking") {
        @Override
        CompletableFuture<StringValue> call(
                RpcClient client,
                MethodDefinition<StringValue, StringValue> method,
                Topic topic,
                StringValue request,
                CallOptions options) {
            return CompletableFuture.supplyAsync(() -> client.request(method, topic, request, options), CALLERS);
        }

        @Override
        CompletableFuture<List<Response<StringValue>>> callAll(
                RpcClient client,
                MethodDefinition<StringValue, StringValue> method,
                Topic topic,
                StringValue request,
                CallOptions options) {
            return CompletableFuture.supplyAsync(
                    () -> {
                        try (Responses<StringValue> answers = client.requestAll(method, topic, request, options)) {
                            return answers.toList();
                        }
                    },
                    CALLERS);
        }
    },
    /** With a future. */
    ASYNC("async") {
        @Override
        CompletableFuture<StringValue> call(
                RpcClient client,
                MethodDefinition<StringValue, StringValue> method,
                Topic topic,
                StringValue request,
                CallOptions options) {
            return client.requestAsync(method, topic, request, options);
        }

        @Override
        CompletableFuture<List<Response<StringValue>>> callAll(
                RpcClient client,
                MethodDefinition<StringValue, StringValue> method,
                Topic topic,
                StringValue request,
                CallOptions options) {
            return client.requestAllAsync(method, topic, request, options, answer -> {});
        }
    };

    private static final Executor CALLERS = task -> {
        Thread caller = new Thread(task, "caller");
        caller.setDaemon(true);
        caller.start();
    };

    private final String label;

    Flavour(String label) {
        this.label = label;
    }

    abstract CompletableFuture<StringValue> call(
            RpcClient client,
            MethodDefinition<StringValue, StringValue> method,
            Topic topic,
            StringValue request,
            CallOptions options);

    abstract CompletableFuture<List<Response<StringValue>>> callAll(
            RpcClient client,
            MethodDefinition<StringValue, StringValue> method,
            Topic topic,
            StringValue request,
            CallOptions options);

    /** Runs a task that may wait, on a thread of its own. */
    static CompletableFuture<Void> aside(Runnable task) {
        return CompletableFuture.runAsync(task, CALLERS);
    }

    /** The same for what comes to a value. */
    static <T> CompletableFuture<T> asideFor(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, CALLERS);
    }

    @Override
    public String toString() {
        return label;
    }
}
