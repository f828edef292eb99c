package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor.MultiObserver;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.execution.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts multi calls, blocking and async, with and without interceptors. */
final class MultiCalls {
    private final EngineClient client;
    private final EngineBus bus;

    MultiCalls(EngineClient client) {
        this.client = client;
        this.bus = client.bus();
    }

    <R extends Message> Responses<R> request(CallTarget target, Message request, CallOptions options) {
        Waiting.checkMayBlock(target.method());
        if (!hasInterceptors(options)) {
            QueuedResponses<R> responses = new QueuedResponses<>();
            start(target, request, options, responses);
            return responses;
        }
        PulledAnswers<R> pulled = new PulledAnswers<>();
        try {
            chain(options).multi(call(target, request, options), pulled, (next, observer) -> {
                QueuedResponses<Message> raw = new QueuedResponses<>();
                pulled.from(raw, observer);
                start(target, next.request(), next.options(), raw);
            });
        } catch (Throwable e) {
            pulled.responses().close();
            throw PsrpcException.from(e);
        }
        return pulled.responses();
    }

    private void start(CallTarget target, Message request, CallOptions options, QueuedResponses<?> responses) {
        MultiCall call = start(target, request, options, responses, true);
        responses.onClose(call::close);
    }

    <R extends Message> CompletableFuture<List<Response<R>>> requestAsync(
            CallTarget target, Message request, CallOptions options, Consumer<Response<R>> each) {
        Collecting<R> collecting = new Collecting<>(each);
        Executor callbacks = bus.workers().callbacks();
        if (hasInterceptors(options)) {
            callbacks.execute(() -> startIntercepted(target, request, options, collecting));
        } else {
            collecting.of(start(target, request, options, collecting.on(callbacks, collecting), false));
        }
        return collecting.all;
    }

    private void startIntercepted(CallTarget target, Message request, CallOptions options, Collecting<?> collecting) {
        Executor callbacks = bus.workers().callbacks();
        try {
            chain(options)
                    .multi(
                            call(target, request, options),
                            collecting,
                            (next, observer) -> collecting.of(start(
                                    target,
                                    next.request(),
                                    next.options(),
                                    collecting.on(callbacks, observer),
                                    false)));
        } catch (Throwable e) {
            collecting.fail(e);
        }
    }

    private MultiCall start(
            CallTarget target, Message request, CallOptions options, MultiCall.Sink sink, boolean isPatient) {
        long timeout = Timeouts.of(client.options(), options);
        MultiCall call = new MultiCall(client, target, request, options, timeout, sink);
        UnaryCalls.start(call, isPatient);
        return call;
    }

    private boolean hasInterceptors(CallOptions options) {
        return !client.options().interceptors().isEmpty()
                || !options.interceptors().isEmpty();
    }

    private Interception chain(CallOptions options) {
        return Interception.of(client.options().interceptors(), options.interceptors());
    }

    private static ClientCall call(CallTarget target, Message request, CallOptions options) {
        return new ClientCall(target.info(), target.topic(), request, options);
    }

    /** Gives each answer to its consumer, and all of them to a future; cancelling the future ends the call. */
    private static final class Collecting<R extends Message> implements MultiObserver {
        final CompletableFuture<List<Response<R>>> all = new CompletableFuture<>();
        private final Consumer<Response<R>> each;
        private final List<Response<R>> received = new ArrayList<>();
        private volatile @Nullable MultiCall call;

        Collecting(Consumer<Response<R>> each) {
            this.each = each;
            all.whenComplete((responses, failure) -> {
                MultiCall under = call;
                if (under != null && failure != null) {
                    under.close();
                }
            });
        }

        /** What leads here, through {@code first}; what that throws is the call's failure. */
        AsyncResponses on(Executor executor, MultiObserver first) {
            return new AsyncResponses(executor, first, this::fail);
        }

        void of(MultiCall call) {
            this.call = call;
            if (all.isDone()) {
                call.close();
            }
        }

        @Override
        @SuppressWarnings("unchecked") // the call parses with the method's own prototype
        public void onResponse(Response<Message> response) {
            Response<R> typed = (Response<R>) (Response<?>) response;
            received.add(typed);
            try {
                each.accept(typed);
            } catch (Throwable e) {
                fail(e);
            }
        }

        @Override
        public void onEnd(@Nullable PsrpcException failure) {
            if (failure != null) {
                all.completeExceptionally(failure);
            } else {
                all.complete(List.copyOf(received));
            }
        }

        void fail(Throwable thrown) {
            all.completeExceptionally(PsrpcException.from(thrown));
        }
    }
}
