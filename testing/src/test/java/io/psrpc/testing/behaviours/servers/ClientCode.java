package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Selection;
import io.psrpc.Topic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@link Place}s of a client's users that have to do with calls. */
final class ClientCode {
    private static final CallOptions ONE_ANSWER = Workplace.OPTIONS.withExpectedResponses(1);

    private ClientCode() {}

    static CompletableFuture<?> selector(Workplace at, Runnable code) {
        Topic topic = at.serve(Store.AISLE_WEIGH);
        Selection selection = Workplace.OPTIONS.selection().withSelector(bids -> {
            code.run();
            return bids.get(0);
        });
        return answered(at.client()
                .requestAsync(Store.AISLE_WEIGH, topic, Store.text("?"), Workplace.OPTIONS.withSelection(selection)));
    }

    static CompletableFuture<?> interceptor(Workplace at, Runnable code) {
        return answered(at.ask(at.serve(Store.AISLE_LOCK), Workplace.OPTIONS.withInterceptor(before(code))));
    }

    static CompletableFuture<?> continuation(Workplace at, Runnable code) {
        Topic topic = at.serve(Store.AISLE_LOCK);
        return answered(at.beforeItIsPublished(() -> at.ask(topic, Workplace.OPTIONS.withInterceptor(after(code)))));
    }

    static CompletableFuture<?> callersInterceptor(Workplace at, Runnable code) {
        return askBlocking(at, before(code));
    }

    static CompletableFuture<?> callersContinuation(Workplace at, Runnable code) {
        return askBlocking(at, after(code));
    }

    static CompletableFuture<?> multiInterceptor(Workplace at, Runnable code) {
        return askAll(at, new Multi(code, () -> {}), answer -> {});
    }

    static CompletableFuture<?> multiObserver(Workplace at, Runnable code) {
        return askAll(at, new Multi(() -> {}, code), answer -> {});
    }

    static CompletableFuture<?> callersMultiInterceptor(Workplace at, Runnable code) {
        return askAllBlocking(at, new Multi(code, () -> {}));
    }

    static CompletableFuture<?> callersMultiObserver(Workplace at, Runnable code) {
        return askAllBlocking(at, new Multi(() -> {}, code));
    }

    static CompletableFuture<?> answer(Workplace at, Runnable code) {
        Topic topic = at.serve(Store.AISLE_LOCK);
        return at.beforeItIsPublished(() -> at.ask(topic, Workplace.OPTIONS).thenRun(code));
    }

    static CompletableFuture<?> multiConsumer(Workplace at, Runnable code) {
        Topic topic = at.serve(Store.AISLE_COUNT);
        return allAnswered(at.client()
                .requestAllAsync(Store.AISLE_COUNT, topic, Store.text("?"), ONE_ANSWER, answer -> code.run()));
    }

    static CompletableFuture<?> multiAnswers(Workplace at, Runnable code) {
        Topic topic = at.serve(Store.AISLE_COUNT);
        return at.beforeItIsPublished(() -> at.client()
                .requestAllAsync(Store.AISLE_COUNT, topic, Store.text("?"), ONE_ANSWER, answer -> {})
                .thenRun(code));
    }

    private static CompletableFuture<?> askBlocking(Workplace at, ClientInterceptor interceptor) {
        Topic topic = at.serve(Store.AISLE_LOCK);
        CallOptions options = Workplace.OPTIONS.withInterceptor(interceptor);
        return answered(Flavour.BLOCKING.call(at.client(), Store.AISLE_LOCK, topic, Store.text("?"), options));
    }

    private static CompletableFuture<?> askAll(
            Workplace at, ClientInterceptor interceptor, Consumer<Response<StringValue>> each) {
        Topic topic = at.serve(Store.AISLE_COUNT);
        return allAnswered(at.client()
                .requestAllAsync(
                        Store.AISLE_COUNT, topic, Store.text("?"), ONE_ANSWER.withInterceptor(interceptor), each));
    }

    private static CompletableFuture<?> askAllBlocking(Workplace at, ClientInterceptor interceptor) {
        Topic topic = at.serve(Store.AISLE_COUNT);
        CallOptions options = ONE_ANSWER.withInterceptor(interceptor);
        return allAnswered(Flavour.BLOCKING.callAll(at.client(), Store.AISLE_COUNT, topic, Store.text("?"), options));
    }

    private static CompletableFuture<?> answered(CompletableFuture<StringValue> call) {
        return ServerCode.answered(call, "?");
    }

    private static CompletableFuture<?> allAnswered(CompletableFuture<List<Response<StringValue>>> call) {
        return call.thenAccept(answers -> assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.orThrow().getValue()).isEqualTo("?")));
    }

    private static ClientInterceptor before(Runnable code) {
        return (call, next) -> {
            code.run();
            return next.proceed(call);
        };
    }

    private static ClientInterceptor after(Runnable code) {
        return (call, next) -> next.proceed(call).thenApply(answer -> {
            code.run();
            return answer;
        });
    }

    /** Runs code before a multi call, and with each of its answers. */
    private record Multi(Runnable before, Runnable with) implements ClientInterceptor {
        @Override
        public CompletionStage<Message> unary(ClientCall call, Next next) {
            return next.proceed(call);
        }

        @Override
        public void multi(ClientCall call, MultiObserver answers, MultiNext next) {
            before.run();
            next.proceed(call, new MultiObserver() {
                @Override
                public void onResponse(Response<Message> response) {
                    with.run();
                    answers.onResponse(response);
                }

                @Override
                public void onEnd(@Nullable PsrpcException failure) {
                    answers.onEnd(failure);
                }
            });
        }
    }
}
