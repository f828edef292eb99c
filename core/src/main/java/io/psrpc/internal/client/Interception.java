package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.ClientInterceptor.MultiNext;
import io.psrpc.ClientInterceptor.MultiObserver;
import io.psrpc.ClientInterceptor.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The interceptors of one call, outermost first: the client's, then the call's own. */
final class Interception {
    private final List<ClientInterceptor> interceptors;

    private Interception(List<ClientInterceptor> interceptors) {
        this.interceptors = interceptors;
    }

    static Interception of(List<ClientInterceptor> client, List<ClientInterceptor> call) {
        if (call.isEmpty()) {
            return new Interception(client);
        }
        List<ClientInterceptor> all = new ArrayList<>(client);
        all.addAll(call);
        return new Interception(all);
    }

    CompletionStage<Message> unary(ClientCall call, Next engine) {
        return unary(0, call, engine);
    }

    private CompletionStage<Message> unary(int at, ClientCall call, Next engine) {
        try {
            if (at == interceptors.size()) {
                return engine.proceed(call);
            }
            CompletionStage<Message> answer = interceptors
                    .get(at)
                    .unary(call, next -> unary(at + 1, Objects.requireNonNull(next, "call"), engine));
            return Objects.requireNonNull(answer, () -> "interceptor " + at + ": null (expected: a CompletionStage)");
        } catch (Throwable e) {
            // An error too: whoever waits for the answer would wait for ever.
            return CompletableFuture.failedFuture(e);
        }
    }

    void multi(ClientCall call, MultiObserver answers, MultiNext engine) {
        multi(0, call, answers, engine);
    }

    private void multi(int at, ClientCall call, MultiObserver answers, MultiNext engine) {
        if (at == interceptors.size()) {
            engine.proceed(call, answers);
        } else {
            interceptors
                    .get(at)
                    .multi(
                            call,
                            answers,
                            (next, observer) -> multi(
                                    at + 1,
                                    Objects.requireNonNull(next, "call"),
                                    Objects.requireNonNull(observer, "answers"),
                                    engine));
        }
    }
}
