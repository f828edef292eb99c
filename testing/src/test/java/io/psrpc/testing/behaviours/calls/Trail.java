package io.psrpc.testing.behaviours.calls;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.PsrpcException;
import io.psrpc.RequestContext;
import io.psrpc.Response;
import io.psrpc.ServerInterceptor;
import io.psrpc.stub.Binding.UnaryHandler;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Interceptors that change nothing and note who sees a call, an answer, a failure, and in which order. */
final class Trail {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<ClientCall> calls = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    /** In the order of their ways in and out: {@code 1 2 handler 2 1}. */
    List<String> steps() {
        return steps;
    }

    /** As the client's interceptors saw them. */
    List<ClientCall> calls() {
        return calls;
    }

    /** As they passed by; what a stage has wrapped is unwrapped. */
    List<Throwable> failures() {
        return failures;
    }

    ClientInterceptor client(String name) {
        return new OfClient(name);
    }

    ServerInterceptor server(String name) {
        return (ctx, request, next) -> serve(name, ctx, request, next);
    }

    UnaryHandler<StringValue, StringValue> handler(UnaryHandler<StringValue, StringValue> handler) {
        return (ctx, request) -> {
            steps.add("handler");
            return handler.handle(ctx, request);
        };
    }

    private Message serve(String name, RequestContext ctx, Message request, ServerInterceptor.Next next)
            throws Exception {
        steps.add(name);
        try {
            return next.proceed(ctx, request);
        } catch (Throwable e) {
            failures.add(e);
            throw e;
        } finally {
            steps.add(name);
        }
    }

    private final class OfClient implements ClientInterceptor {
        private final String name;

        OfClient(String name) {
            this.name = name;
        }

        @Override
        public CompletionStage<Message> unary(ClientCall call, Next next) {
            comes(call);
            return next.proceed(call).whenComplete((answer, failure) -> {
                steps.add(name);
                if (failure != null) {
                    failures.add(failure instanceof CompletionException e ? e.getCause() : failure);
                }
            });
        }

        @Override
        public void multi(ClientCall call, MultiObserver answers, MultiNext next) {
            comes(call);
            next.proceed(call, new MultiObserver() {
                @Override
                public void onResponse(Response<Message> response) {
                    steps.add(name + " " + response.serverId());
                    response.error().ifPresent(failures::add);
                    answers.onResponse(response);
                }

                @Override
                public void onEnd(@Nullable PsrpcException failure) {
                    steps.add(name + " end");
                    if (failure != null) {
                        failures.add(failure);
                    }
                    answers.onEnd(failure);
                }
            });
        }

        private void comes(ClientCall call) {
            steps.add(name);
            calls.add(call);
        }
    }
}
