package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who stands inside of whom, and on which threads. */
@Rows("C27")
class InterceptorOrderTest {
    private final Trail trail = new Trail();

    /** The first two are the client's, the third is the call's own. */
    private RpcClient client(Scene scene) {
        return scene.client(ClientOptions.builder()
                .interceptor(trail.client("1"))
                .interceptor(trail.client("2"))
                .build());
    }

    private CallOptions third() {
        return CallOptions.DEFAULT.withInterceptor(trail.client("3"));
    }

    private static ServerOptions.Builder serverOptions(String id, Trail trail) {
        return ServerOptions.builder()
                .serverId(id)
                .interceptor(trail.server("4"))
                .interceptor(trail.server("5"))
                .interceptor(trail.server("6"));
    }

    @OnEveryBus
    void aQueueCall(Scene scene) {
        assertPassesThemInOrder(scene, ASK, serve(ASK, trail.handler(new Desk("s"))));
    }

    @OnEveryBus
    void anAffinityCall(Scene scene) {
        assertPassesThemInOrder(scene, PICK, bid(1, trail.handler(new Desk("s"))));
    }

    private void assertPassesThemInOrder(
            Scene scene, MethodDefinition<StringValue, StringValue> method, Binding binding) {
        scene.server(scene.process(), serverOptions("s", trail), binding);

        Call<StringValue> call = scene.call(client(scene), method, text("x"), third());
        scene.passMillis(200);

        assertThat(call.answer()).isEqualTo(text("s: x"));
        assertThat(trail.steps())
                .containsExactly("1", "2", "3", "4", "5", "6", "handler", "6", "5", "4", "3", "2", "1");
    }

    @OnEveryBus
    void aMultiCall(Scene scene) {
        Trail ofA = new Trail();
        Trail ofB = new Trail();
        scene.server(scene.process(), serverOptions("a", ofA), serve(ALL, ofA.handler(new Desk("a"))));
        scene.server(scene.process(), serverOptions("b", ofB), serve(ALL, ofB.handler(new Desk("b"))));

        MultiAnswers answers = scene.callAll(client(scene), "x", third().withExpectedResponses(2));

        List<String> expected = new ArrayList<>(List.of("1", "2", "3"));
        for (Response<StringValue> answer : answers.all()) {
            String server = " " + answer.serverId();
            expected.addAll(List.of("3" + server, "2" + server, "1" + server));
        }
        expected.addAll(List.of("3 end", "2 end", "1 end"));
        assertThat(answers.byServer()).containsEntry("a", "a: x").containsEntry("b", "b: x");
        assertThat(trail.steps()).hasSize(12).isEqualTo(expected);
        assertThat(List.of(ofA, ofB))
                .allSatisfy(
                        server -> assertThat(server.steps()).containsExactly("4", "5", "6", "handler", "6", "5", "4"));
    }

    @OnEveryBus
    void oneThatDoesNotCareForMultiCallsLetsThemPass(Scene scene) {
        scene.server(scene.process(), "s", serve(ALL, new Desk("s")));
        CallOptions options = CallOptions.DEFAULT
                .withInterceptor((call, next) -> next.proceed(call))
                .withExpectedResponses(1);

        assertThat(scene.callAll(scene.client(), "x", options).byServer()).containsEntry("s", "s: x");
    }

    /** On the caller's thread for blocking calls, else on the bus's executor. */
    @OnEveryBus
    void theyRunWhereTheCallDoes(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, new Desk("s")), serve(ALL, new Desk("s")));
        Threads threads = new Threads();
        CallOptions options = CallOptions.DEFAULT.withInterceptor(threads).withExpectedResponses(1);
        RpcClient client = scene.client();

        scene.call(client, ASK, text("x"), options).answer();
        scene.callAll(client, "x", options).all();

        String expected = scene.flavour() == Flavour.BLOCKING ? "caller" : "crew";
        assertThat(threads.seen).hasSize(5).containsOnly(expected);
    }

    /** Notes the threads on which it is called. */
    private static final class Threads implements ClientInterceptor {
        final List<String> seen = new CopyOnWriteArrayList<>();

        private void isOn(Thread thread) {
            seen.add(thread.getName());
        }

        @Override
        public CompletionStage<Message> unary(ClientCall call, Next next) {
            isOn(Thread.currentThread());
            return next.proceed(call).whenComplete((answer, failure) -> isOn(Thread.currentThread()));
        }

        @Override
        public void multi(ClientCall call, MultiObserver answers, MultiNext next) {
            isOn(Thread.currentThread());
            next.proceed(call, new MultiObserver() {
                @Override
                public void onResponse(Response<Message> response) {
                    isOn(Thread.currentThread());
                    answers.onResponse(response);
                }

                @Override
                public void onEnd(@Nullable PsrpcException failure) {
                    isOn(Thread.currentThread());
                    answers.onEnd(failure);
                }
            });
        }
    }
}
