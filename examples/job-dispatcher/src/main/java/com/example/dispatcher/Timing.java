package com.example.dispatcher;

import com.google.protobuf.Message;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Tells how long each call took, whether it failed or not. */
final class Timing implements ClientInterceptor {
    private final BiConsumer<ClientCall, Duration> listener;

    Timing(BiConsumer<ClientCall, Duration> listener) {
        this.listener = listener;
    }

    @Override
    public CompletionStage<Message> unary(ClientCall call, Next next) {
        long start = System.nanoTime();
        return next.proceed(call)
                .whenComplete(
                        (response, failure) -> listener.accept(call, Duration.ofNanos(System.nanoTime() - start)));
    }
}
