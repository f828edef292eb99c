package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.ASK_ROOM;
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
import io.psrpc.RequestContext;
import io.psrpc.Response;
import io.psrpc.Responses.End;
import io.psrpc.Selection;
import io.psrpc.ServerInterceptor;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** What interceptors see of a call, and what they may change. */
@Rows("C27")
class InterceptorChangesTest {
    private static final RequestContext.Key<String> TENANT = RequestContext.Key.named("tenant");

    private final List<RequestContext> served = new CopyOnWriteArrayList<>();

    private UnaryHandler<StringValue, StringValue> serving() {
        return (ctx, request) -> {
            served.add(ctx);
            return text("served " + request.getValue());
        };
    }

    @OnEveryBus
    void theySeeTheCallAsItWasMade(Scene scene) {
        Trail trail = new Trail();
        Desk desk = new Desk("s");
        scene.server(
                scene.process(), "s", serve(ASK, desk), serve(ALL, desk), Binding.unary(ASK_ROOM, Topic.of("a"), desk));
        RpcClient client = scene.client(
                ClientOptions.builder().interceptor(trail.client("1")).build());
        CallOptions options = CallOptions.timeout(Duration.ofSeconds(2))
                .withMetadata("trace", "7")
                .withExpectedResponses(1);

        scene.call(client, ASK, text("ask"), options).answer();
        scene.callAll(client, "all", options).all();
        scene.callRoom(client, ASK_ROOM, "a", "room").answer();

        assertThat(trail.calls())
                .containsExactly(
                        new ClientCall(ASK.info(), Topic.NONE, text("ask"), options),
                        new ClientCall(ALL.info(), Topic.NONE, text("all"), options),
                        new ClientCall(ASK_ROOM.info(), Topic.of("a"), text("room"), CallOptions.DEFAULT));
    }

    /** The client's adds to the options, the call's own sees that and adds more; the engine makes what comes out. */
    private CallOptions changing(Trail between, ClientOptions.Builder client) {
        client.interceptor(new ChangingInterceptor(
                call -> call.withRequest(text(textOf(call) + " 1"))
                        .withOptions(call.options().withMetadata("by", "client").withTimeout(Duration.ofMillis(700))),
                answer -> answer + " 1"));
        client.interceptor(between.client("between"));
        ClientInterceptor own = new ChangingInterceptor(
                call -> call.withRequest(text(textOf(call) + " 2"))
                        .withOptions(call.options().withMetadata("by", "call").withMetadata("more", "yes")),
                answer -> answer + " 2");
        return CallOptions.timeout(Duration.ofSeconds(2))
                .withMetadata("from", "caller")
                .withInterceptor(own);
    }

    private static String textOf(ClientCall call) {
        return ((StringValue) call.request()).getValue();
    }

    private void assertChanged(Trail between, Request request) {
        assertThat(between.calls()).singleElement().satisfies(call -> {
            assertThat(call.request()).isEqualTo(text("x 1"));
            assertThat(call.options().metadata()).isEqualTo(Map.of("from", "caller", "by", "client"));
            assertThat(call.options().timeout()).contains(Duration.ofMillis(700));
        });
        assertThat(served).singleElement().satisfies(ctx -> {
            assertThat(ctx.metadata()).isEqualTo(Map.of("from", "caller", "by", "call", "more", "yes"));
            assertThat(ctx.requestId()).isEqualTo(request.getRequestId());
        });
        assertThat(request.getMetadataMap()).isEqualTo(served.get(0).metadata());
        assertThat(request.getExpiry() - request.getSentAt())
                .isEqualTo(Duration.ofMillis(700).toNanos());
    }

    @OnEveryBus
    void aQueueCallIsMadeAsTheyChangedIt(Scene scene) {
        assertMadeAsChanged(scene, ASK, serve(ASK, serving()));
    }

    @OnEveryBus
    void anAffinityCallIsMadeAsTheyChangedIt(Scene scene) {
        assertMadeAsChanged(scene, PICK, bid(1, serving()));
    }

    private void assertMadeAsChanged(Scene scene, MethodDefinition<StringValue, StringValue> method, Binding binding) {
        List<Request> requests = scene.peer().requests(method);
        scene.server(scene.process(), "s", binding);
        Trail between = new Trail();
        ClientOptions.Builder client = ClientOptions.builder();
        CallOptions options = changing(between, client);

        Call<StringValue> call = scene.call(scene.client(client.build()), method, text("x"), options);
        scene.passMillis(200);

        assertThat(call.answer()).isEqualTo(text("served x 1 2 2 1"));
        assertThat(requests).hasSize(1);
        assertChanged(between, requests.get(0));
    }

    @OnEveryBus
    void aMultiCallIsMadeAsTheyChangedIt(Scene scene) {
        List<Request> requests = scene.peer().requests(ALL);
        scene.server(scene.process(), "s", serve(ALL, serving()));
        Trail between = new Trail();
        ClientOptions.Builder client = ClientOptions.builder();
        CallOptions options = changing(between, client).withEarlyEnd(false);

        MultiAnswers answers = scene.callAll(scene.client(client.build()), "x", options);
        scene.passMillis(699);
        scene.assertUnderWay(1);
        scene.passMillis(1);

        assertThat(answers.byServer()).isEqualTo(Map.of("s", "served x 1 2 2 1"));
        assertThat(requests).hasSize(1);
        assertChanged(between, requests.get(0));
    }

    @OnEveryBus
    void theServerIsSelectedAsTheyChangedIt(Scene scene) {
        scene.server(scene.process(), "low", bid(0.3f, new Desk("low")));
        scene.server(scene.process(), "high", bid(0.9f, new Desk("high")));
        Selection lowest = Selection.DEFAULT.withSelector(
                bids -> bids.get(0).affinity() < bids.get(1).affinity() ? bids.get(0) : bids.get(1));
        CallOptions options =
                CallOptions.DEFAULT.withInterceptor(ChangingInterceptor.options(given -> given.withSelection(lowest)));

        Call<StringValue> call = scene.call(scene.client(), PICK, text("x"), options);
        scene.passMillis(200);

        assertThat(call.answer()).isEqualTo(text("low: x"));
    }

    @OnEveryBus
    void aMultiCallEndsAsTheyChangedIt(Scene scene) {
        scene.server(scene.process(), "s", serve(ALL, new Desk("s")));
        CallOptions options = CallOptions.DEFAULT
                .withEarlyEnd(false)
                .withInterceptor(ChangingInterceptor.options(given -> given.withExpectedResponses(1)));

        MultiAnswers answers = scene.callAll(scene.client(), "x", options);

        assertThat(answers.all()).hasSize(1);
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.EXPECTED_REACHED));
    }

    @OnEveryBus
    void oneMayAnswerByItself(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, new Desk("s")), serve(ALL, new Desk("s")));
        ClientInterceptor knowing = new ClientInterceptor() {
            @Override
            public CompletionStage<Message> unary(ClientCall call, Next next) {
                return CompletableFuture.completedFuture(text("known"));
            }

            @Override
            public void multi(ClientCall call, MultiObserver answers, MultiNext next) {
                answers.onResponse(new Response.Success<>("nobody", text("known")));
                answers.onEnd(null);
            }
        };
        RpcClient client =
                scene.client(ClientOptions.builder().interceptor(knowing).build());

        assertThat(scene.call(client, ASK, "x").answer()).isEqualTo(text("known"));
        assertThat(scene.callAll(client, "x", CallOptions.DEFAULT).byServer()).isEqualTo(Map.of("nobody", "known"));
        assertThat(scene.faults().count(Kind.REQUEST)).isZero();
    }

    @OnEveryBus
    void oneMayCallAgain(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, serving()));
        ClientInterceptor twice = (call, next) -> next.proceed(call)
                .thenCompose(once -> next.proceed(call.withRequest(text(((StringValue) once).getValue() + " again"))));
        CallOptions options = CallOptions.DEFAULT.withInterceptor(twice);

        assertThat(scene.call(scene.client(), ASK, text("x"), options).answer())
                .isEqualTo(text("served served x again"));
        assertThat(served).extracting(RequestContext::requestId).hasSize(2).doesNotHaveDuplicates();
    }

    /** Two around each handler: the first hands something to the second, and both change what comes in and goes out. */
    private static ServerOptions.Builder changingServer(List<String> seen) {
        ServerInterceptor outer = (ctx, request, next) -> {
            seen.add(ctx.metadata() + " " + request);
            Message answer = next.proceed(ctx.with(TENANT, "t1"), changed(request, "4"));
            return changed(answer, "4");
        };
        ServerInterceptor inner = (ctx, request, next) -> {
            String tenant = ctx.get(TENANT).orElseThrow();
            return changed(next.proceed(ctx.with(TENANT, tenant + ".5"), changed(request, "5")), "5");
        };
        return ServerOptions.builder().serverId("s").interceptor(outer).interceptor(inner);
    }

    private static StringValue changed(Message message, String by) {
        return text(((StringValue) message).getValue() + " " + by);
    }

    @OnEveryBus
    void aHandlerGetsWhatTheServersMakeOfTheRequest(Scene scene) {
        List<String> seen = new CopyOnWriteArrayList<>();
        scene.server(
                scene.process(), changingServer(seen), serve(ASK, serving()), serve(ALL, serving()), bid(1, serving()));
        RpcClient client = scene.client();
        CallOptions options = CallOptions.DEFAULT.withMetadata("trace", "7").withExpectedResponses(1);

        Call<StringValue> asking = scene.call(client, ASK, text("x"), options);
        Call<StringValue> picking = scene.call(client, PICK, text("x"), options);
        MultiAnswers answers = scene.callAll(client, "x", options);
        scene.passMillis(200);

        String changed = "served x 4 5 5 4";
        assertThat(asking.answer()).isEqualTo(text(changed));
        assertThat(picking.answer()).isEqualTo(text(changed));
        assertThat(answers.byServer()).isEqualTo(Map.of("s", changed));
        assertThat(served)
                .hasSize(3)
                .allSatisfy(ctx -> assertThat(ctx.get(TENANT)).contains("t1.5"));
        assertThat(seen).hasSize(3).containsOnly(Map.of("trace", "7") + " " + text("x"));
    }

    @OnEveryBus
    void aServersOneMayAnswerByItself(Scene scene) {
        ServerInterceptor knowing = (ctx, request, next) -> text("known");
        scene.server(
                scene.process(),
                ServerOptions.builder().serverId("s").interceptor(knowing),
                serve(ASK, serving()),
                serve(ALL, serving()));
        RpcClient client = scene.client();

        assertThat(scene.call(client, ASK, "x").answer()).isEqualTo(text("known"));
        assertThat(scene.callAll(client, "x", CallOptions.DEFAULT.withExpectedResponses(1))
                        .byServer())
                .isEqualTo(Map.of("s", "known"));
        assertThat(served).isEmpty();
    }
}
