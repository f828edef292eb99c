package io.psrpc.testing.behaviours.calls;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Topic;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;

/** Starts calls of either flavour: a blocking one has a thread of its own. */
final class Callers {
    private final Flavour flavour;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    Callers(Flavour flavour) {
        this.flavour = flavour;
    }

    <Q extends Message, R extends Message> Call<R> call(
            RpcClient client, MethodDefinition<Q, R> method, Topic topic, Q request, CallOptions options) {
        if (flavour == Flavour.ASYNC) {
            CompletableFuture<R> future = client.requestAsync(method, topic, request, options);
            return new Call<>(future, () -> future.cancel(true));
        }
        return run(() -> client.request(method, topic, request, options));
    }

    MultiAnswers callAll(
            RpcClient client,
            MethodDefinition<StringValue, StringValue> method,
            Topic topic,
            StringValue request,
            CallOptions options) {
        MultiAnswers answers = new MultiAnswers();
        if (flavour == Flavour.ASYNC) {
            CompletableFuture<List<Response<StringValue>>> future =
                    client.requestAllAsync(method, topic, request, options, answers::add);
            answers.of(new Call<>(future, () -> future.cancel(true)));
            return answers;
        }
        CompletableFuture<Responses<StringValue>> started = new CompletableFuture<>();
        CompletableFuture<List<Response<StringValue>>> result = new CompletableFuture<>();
        answers.of(new Call<>(result, () -> started.join().close()));
        start(() -> take(started, client.requestAll(method, topic, request, options), answers), result);
        return answers;
    }

    private static List<Response<StringValue>> take(
            CompletableFuture<Responses<StringValue>> started, Responses<StringValue> responses, MultiAnswers answers) {
        started.complete(responses);
        try (responses) {
            responses.forEach(answers::add);
            answers.endedWith(responses.end());
            return answers.taken();
        }
    }

    /** On a thread of its own. */
    <T> Call<T> run(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread caller = start(action, result);
        return new Call<>(result, caller::interrupt);
    }

    private <T> Thread start(Callable<T> call, CompletableFuture<T> result) {
        Thread caller = new Thread(
                () -> {
                    try {
                        result.complete(call.call());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "caller");
        caller.setDaemon(true);
        threads.add(caller);
        caller.start();
        return caller;
    }

    /** True: no caller does anything by itself. One that waits for a lock does. */
    boolean areWaiting() {
        return threads.stream().allMatch(Callers::isWaiting);
    }

    private static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case TERMINATED -> true;
            case WAITING, TIMED_WAITING -> {
                Object reason = LockSupport.getBlocker(thread);
                yield reason != null && !(reason instanceof AbstractQueuedSynchronizer);
            }
            default -> false;
        };
    }
}
