package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Responses.End;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Callers who give up. */
@Rows("C24")
class CancelTest {
    private final List<String> ended = new CopyOnWriteArrayList<>();

    private RpcClient observed(Scene scene) {
        ClientObserver observer = new ClientObserver() {
            @Override
            public void onResponse(ClientCall call, @Nullable PsrpcException failure, Duration took) {
                ended.add(failure == null ? "answered" : failure.rawCode() + ": " + failure.getMessage());
            }
        };
        return scene.client(ClientOptions.builder().observer(observer).build());
    }

    private static UnaryHandler<StringValue, StringValue> holding(Crew.Gate gate) {
        return (ctx, request) -> {
            gate.pass();
            return text("nobody waits for this");
        };
    }

    private void cancel(Scene scene, Call<StringValue> call) {
        scene.assertUnderWay(1);

        call.cancel();

        call.failsWith(ErrorCode.CANCELED, "request canceled");
        scene.assertUnderWay(0);
        assertThat(ended).containsExactly("canceled: request canceled");
    }

    @OnEveryBus
    void aCallThatWaitsForABidEnds(Scene scene) {
        scene.server(scene.process(), "silent", bid(-1, new Desk("silent")));

        cancel(scene, scene.call(observed(scene), PICK, "x"));

        scene.assertQuiet();
    }

    @OnEveryBus
    void aCallThatWaitsForItsAnswerEnds(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", bid(1, holding(gate)));
        Call<StringValue> call = scene.call(observed(scene), PICK, "x");
        scene.passMillis(200);
        assertThat(scene.faults().count(Kind.GRANT)).isOne();

        cancel(scene, call);
        gate.open();
        scene.settle();

        assertThat(scene.faults().count(Kind.RESPONSE)).isOne();
        assertThat(ended).hasSize(1);
    }

    @OnEveryBus
    void aQueueCallEnds(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", serve(ASK, holding(gate)));

        cancel(scene, scene.call(observed(scene), ASK, "x"));
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void aCallEndsThroughAnInterceptor(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", serve(ASK, holding(gate)));
        ClientInterceptor following = (call, next) -> next.proceed(call).thenApply(answer -> answer);
        CallOptions options = CallOptions.DEFAULT.withInterceptor(following);

        cancel(scene, scene.call(observed(scene), ASK, text("x"), options));
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void aMultiCallEnds(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "quick", serve(ALL, new Desk("quick")));
        scene.server(scene.process(), "slow", serve(ALL, holding(gate)));
        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        answers.await(1);
        scene.assertUnderWay(1);

        answers.cancel();

        scene.assertUnderWay(0);
        if (scene.flavour() == Flavour.ASYNC) {
            assertThat(answers.failure())
                    .returns(ErrorCode.CANCELED, PsrpcException::code)
                    .hasMessage("request canceled");
        } else {
            assertThat(answers.end()).contains(End.CLOSED);
        }
        gate.open();
        scene.settle();
        assertThat(answers.await(1)).hasSize(1);
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void anInterruptedCallerIsStillInterrupted(Scene scene) {
        scene.server(scene.process(), "silent", bid(-1, new Desk("silent")));
        RpcClient client = scene.client();

        Call<Boolean> calling = scene.run(() -> {
            assertThatThrownBy(() -> client.request(PICK, Topic.NONE, text("x"), CallOptions.DEFAULT))
                    .isInstanceOfSatisfying(
                            PsrpcException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELED));
            return Thread.currentThread().isInterrupted();
        });
        scene.assertUnderWay(1);
        calling.cancel();

        assertThat(calling.answer()).isTrue();
        scene.assertQuiet();
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void aCallerWhoIsInterruptedAlreadyDoesNotWait(Scene scene) {
        scene.server(scene.process(), "silent", bid(-1, new Desk("silent")));
        RpcClient client = scene.client();

        Call<StringValue> calling = scene.run(() -> {
            Thread.currentThread().interrupt();
            return client.request(PICK, Topic.NONE, text("x"), CallOptions.DEFAULT);
        });

        calling.failsWith(ErrorCode.CANCELED, "request canceled");
        scene.assertQuiet();
    }

    @OnEveryBus(flavours = Flavour.ASYNC)
    void aFutureThatIsCompletedByHandEndsItsCall(Scene scene) {
        scene.server(scene.process(), "silent", bid(-1, new Desk("silent")));
        CompletableFuture<StringValue> future =
                scene.client().requestAsync(PICK, Topic.NONE, text("x"), CallOptions.DEFAULT);
        scene.assertUnderWay(1);

        future.completeExceptionally(new IllegalStateException("lost patience"));

        scene.assertQuiet();
    }
}
