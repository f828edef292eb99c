package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.stub.Binding;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The {@link Place}s of a server's users. */
final class ServerCode {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private ServerCode() {}

    static CompletableFuture<?> handler(Workplace at, Runnable code) {
        Topic topic = at.nextTopic();
        at.serve(ServerOptions.builder(), Binding.unary(Store.AISLE_LOCK, topic, (ctx, request) -> {
            code.run();
            return Store.text("handled");
        }));
        return answered(at.ask(topic, Workplace.OPTIONS), "handled");
    }

    static CompletableFuture<?> interceptor(Workplace at, Runnable code) {
        Topic topic = at.nextTopic();
        ServerOptions.Builder options = ServerOptions.builder().interceptor((ctx, request, next) -> {
            code.run();
            return next.proceed(ctx, request);
        });
        at.serve(options, Binding.unary(Store.AISLE_LOCK, topic, (ctx, request) -> Store.text("handled")));
        return answered(at.ask(topic, Workplace.OPTIONS), "handled");
    }

    static CompletableFuture<?> errorMapper(Workplace at, Runnable code) {
        Topic topic = at.nextTopic();
        ServerOptions.Builder options = ServerOptions.builder().errorMapper(failure -> {
            code.run();
            return Optional.of(ErrorCode.ABORTED.error("%s", String.valueOf(failure.getMessage())));
        });
        at.serve(options, Binding.unary(Store.AISLE_LOCK, topic, (ctx, request) -> {
            throw new IllegalStateException("mapped");
        }));
        return failed(at.ask(topic, Workplace.OPTIONS), ErrorCode.ABORTED, "mapped");
    }

    /** The handler lets the time pass that its caller waits, so that the deadline comes while it runs. */
    static CompletableFuture<?> onDone(Workplace at, Runnable code) {
        Topic topic = at.nextTopic();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        at.serve(ServerOptions.builder(), Binding.unary(Store.AISLE_LOCK, topic, (ctx, request) -> {
            ctx.onDone(() -> {
                begun.complete(null);
                code.run();
                ended.complete(null);
            });
            at.scene().time().advance(SHORT);
            return request;
        }));
        CompletableFuture<StringValue> call = at.ask(topic, Workplace.OPTIONS.withTimeout(SHORT));
        Outcome.of(begun);
        return CompletableFuture.allOf(failed(call, ErrorCode.DEADLINE_EXCEEDED, "request timed out"), ended);
    }

    static CompletableFuture<?> affinity(Workplace at, Runnable code) {
        Topic topic = at.nextTopic();
        Binding binding =
                Binding.unary(Store.AISLE_WEIGH, topic, (ctx, request) -> Store.text("weighed"), (ctx, request) -> {
                    code.run();
                    return 1;
                });
        at.serve(ServerOptions.builder(), binding);
        CallOptions options = Workplace.OPTIONS;
        return answered(at.client().requestAsync(Store.AISLE_WEIGH, topic, Store.text("?"), options), "weighed");
    }

    static CompletableFuture<?> answered(CompletableFuture<StringValue> call, String text) {
        return call.thenAccept(answer -> assertThat(answer.getValue()).isEqualTo(text));
    }

    private static CompletableFuture<?> failed(CompletableFuture<?> call, ErrorCode code, String message) {
        return call.handle((answer, failure) -> {
            Outcome.assertIs(PsrpcException.from(failure), code, message);
            return message;
        });
    }
}
