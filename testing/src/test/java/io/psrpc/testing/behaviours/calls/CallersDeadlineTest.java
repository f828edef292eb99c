package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK_OTHER;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientInterceptor;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.RequestContext;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.TestContext;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls that are made for a request end with it, whatever they say themselves. */
@Rows("N12")
class CallersDeadlineTest {
    private static final long UNSET = 0;
    private static final Duration CALLERS = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(1);

    /** In milliseconds: what the call says, what its client says, and what comes of it when the caller has 250 left. */
    private record Case(long call, long client, long timeout) {}

    private static final List<Case> CASES = List.of(
            new Case(UNSET, UNSET, 250),
            new Case(1000, UNSET, 250),
            new Case(UNSET, 1000, 250),
            new Case(1000, 150, 250),
            new Case(150, 1000, 150),
            new Case(UNSET, 150, 150));

    /** A call under way that nobody answers. */
    private interface Unanswered {
        /** Waits until it has ended for want of time. */
        void ends();
    }

    private enum Kinds {
        QUEUE,
        AFFINITY,
        MULTI;

        Unanswered start(Scene scene, RpcClient client, CallOptions options) {
            if (this == MULTI) {
                MultiAnswers answers = scene.callAll(client, "x", options);
                return () -> assertThat(answers.all()).isEmpty();
            }
            Call<StringValue> call = scene.call(client, this == QUEUE ? ASK : PICK, text("x"), options);
            return () -> call.failsWith(ErrorCode.DEADLINE_EXCEEDED, "request timed out");
        }
    }

    /** Of those who answer nothing, in order. */
    private final List<RequestContext> seen = new CopyOnWriteArrayList<>();

    private final List<Request> sent = new CopyOnWriteArrayList<>();

    private StringValue hold(RequestContext ctx, Crew.Gate gate) throws InterruptedException {
        seen.add(ctx);
        gate.pass();
        return text("too late");
    }

    /** A server that is at each request until the gate opens, at that for {@link Trial#PICK_OTHER} before it bids. */
    private RpcServer start(Scene scene, Crew.Gate gate) {
        Peer peer = scene.peer();
        List.of(ASK, PICK, PICK_OTHER, ALL).forEach(method -> peer.onRequest(method, sent::add));
        return scene.server(
                scene.process(),
                "s",
                serve(ASK, (ctx, request) -> hold(ctx, gate)),
                serve(ALL, (ctx, request) -> hold(ctx, gate)),
                bid(1, (ctx, request) -> hold(ctx, gate)),
                Binding.unary(PICK_OTHER, Topic.NONE, new Desk("never asked"), (ctx, request) -> {
                    hold(ctx, gate);
                    return 1;
                }));
    }

    private static RpcClient client(Scene scene, Case one) {
        ClientOptions.Builder options = ClientOptions.builder();
        if (one.client != UNSET) {
            options.timeout(Duration.ofMillis(one.client));
        }
        return scene.client(options.build());
    }

    private static CallOptions options(Case one, RequestContext ctx) {
        CallOptions options = CallOptions.within(ctx);
        return one.call == UNSET ? options : options.withTimeout(Duration.ofMillis(one.call));
    }

    private static <T> T last(List<T> list) {
        return list.get(list.size() - 1);
    }

    @OnEveryBus
    void callsForAQueueCall(Scene scene) {
        assertEndInTime(scene, ASK);
    }

    @OnEveryBus
    void callsForAnAffinityCall(Scene scene) {
        assertEndInTime(scene, PICK);
    }

    @OnEveryBus
    void callsForAnAffinity(Scene scene) {
        assertEndInTime(scene, PICK_OTHER);
    }

    @OnEveryBus
    void callsForAMultiCall(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        start(scene, gate);
        for (Kinds kind : Kinds.values()) {
            for (Case one : CASES) {
                MultiAnswers outer = scene.callAll(scene.client(), "outer", CallOptions.timeout(CALLERS));
                assertEndsInTime(scene, kind, one);
                assertThat(outer.all()).isEmpty();
            }
        }
        gate.open();
        scene.settle();
    }

    private void assertEndInTime(Scene scene, MethodDefinition<StringValue, StringValue> outer) {
        Crew.Gate gate = scene.crew().gate();
        start(scene, gate);
        for (Kinds kind : Kinds.values()) {
            for (Case one : CASES) {
                Call<StringValue> call = scene.call(scene.client(), outer, text("x"), CallOptions.timeout(CALLERS));
                assertEndsInTime(scene, kind, one);
                assertThat(call.failure()).returns(false, PsrpcException::isFromPeer);
            }
        }
        gate.open();
        scene.settle();
    }

    /** The call that it is made for has just started, and has ended afterwards. */
    private void assertEndsInTime(Scene scene, Kinds kind, Case one) {
        scene.passMillis(250);
        Request callers = last(sent);
        RequestContext ctx = last(seen);
        assertThat(ctx.requestId()).isEqualTo(callers.getRequestId());

        Unanswered call = kind.start(scene, client(scene, one), options(one, ctx));
        scene.settle();

        Request request = last(sent);
        assertThat(request.getRequestId()).isNotEqualTo(callers.getRequestId());
        assertThat(request.getExpiry() - request.getSentAt())
                .as("%s, %s", kind, one)
                .isEqualTo(Duration.ofMillis(one.timeout).toNanos());
        assertThat(request.getExpiry()).isLessThanOrEqualTo(callers.getExpiry());
        scene.pass(Duration.ofMillis(one.timeout).minusNanos(1));
        scene.assertUnderWay(2);
        scene.pass(Duration.ofNanos(1));
        call.ends();
        scene.passMillis(250 - one.timeout);
        scene.assertUnderWay(0);
    }

    @OnEveryBus
    void aCallForACallForACall(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        start(scene, gate);
        RpcClient client = scene.client();

        Unanswered first = Kinds.QUEUE.start(scene, client, CallOptions.timeout(CALLERS));
        scene.passMillis(50);
        Unanswered second = Kinds.AFFINITY.start(scene, client, CallOptions.within(last(seen)));
        scene.passMillis(250);
        Unanswered third = Kinds.MULTI.start(scene, client, CallOptions.within(last(seen)));
        scene.passMillis(199);
        scene.assertUnderWay(3);
        assertThat(seen)
                .hasSize(3)
                .allSatisfy(ctx -> assertThat(ctx.remaining()).isEqualTo(Duration.ofMillis(1)));
        scene.passMillis(1);

        List.of(first, second, third).forEach(Unanswered::ends);
        assertThat(sent)
                .hasSize(3)
                .extracting(Request::getExpiry)
                .containsOnly(last(sent).getExpiry());
        gate.open();
        scene.settle();
    }

    private static RequestContext callerWith(Scene scene, Duration remaining) {
        return TestContext.builder().time(scene.time()).remaining(remaining).build();
    }

    private void assertLeft(Duration left) {
        Request request = last(sent);
        assertThat(request.getExpiry() - request.getSentAt()).isEqualTo(left.toNanos());
    }

    @OnEveryBus
    void anInterceptorDoesNotGetMore(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        start(scene, gate);
        ClientInterceptor patient = ChangingInterceptor.options(given -> given.withTimeout(LONG));
        for (Kinds kind : Kinds.values()) {
            CallOptions options = CallOptions.within(callerWith(scene, CALLERS)).withInterceptor(patient);
            Unanswered call = kind.start(scene, scene.client(), options);
            scene.settle();

            assertLeft(CALLERS);
            scene.passMillis(499);
            scene.assertUnderWay(1);
            scene.passMillis(1);
            call.ends();
        }
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void anotherAttemptGetsWhatIsLeft(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        start(scene, gate);
        ClientInterceptor again = (call, next) -> next.proceed(call)
                .handle((answer, failure) ->
                        failure == null ? CompletableFuture.completedFuture(answer) : next.proceed(call))
                .thenCompose(answer -> answer);
        CallOptions options = CallOptions.within(callerWith(scene, CALLERS))
                .withTimeout(Duration.ofMillis(300))
                .withInterceptor(again);

        Unanswered call = Kinds.QUEUE.start(scene, scene.client(), options);
        scene.passMillis(299);
        assertThat(sent).hasSize(1);
        assertLeft(Duration.ofMillis(300));
        scene.passMillis(1);
        scene.faults().await(Kind.REQUEST, 2);
        scene.settle();
        assertThat(sent).hasSize(2);
        assertLeft(Duration.ofMillis(200));
        scene.passMillis(199);
        scene.assertUnderWay(1);
        scene.passMillis(1);

        call.ends();
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void whatIsHeldUpBeforeItGoesOutGetsWhatIsLeft(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        start(scene, gate);
        CompletableFuture<Void> token = new CompletableFuture<>();
        ClientInterceptor slow = (call, next) -> token.thenCompose(fetched -> next.proceed(call));
        CallOptions options = CallOptions.within(callerWith(scene, CALLERS)).withInterceptor(slow);

        Unanswered call = Kinds.QUEUE.start(scene, scene.client(), options);
        scene.passMillis(400);
        token.complete(null);
        scene.settle();
        assertLeft(Duration.ofMillis(100));
        scene.passMillis(99);
        scene.assertUnderWay(1);
        scene.passMillis(1);

        call.ends();
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void whoWaitsForAServerAsksNoLonger(Scene scene) {
        for (Kinds kind : Kinds.values()) {
            sent.clear();
            CallOptions options = CallOptions.within(callerWith(scene, CALLERS))
                    .withTimeout(LONG)
                    .withWaitForServer(true);
            long expiry = scene.peer().epochNanos() + CALLERS.toNanos();
            kind.start(scene, scene.client(), options);
            scene.passMillis(240);
            assertThat(scene.faults().count(Kind.REQUEST)).isGreaterThan(1);

            try (Peer late = scene.peer()) {
                List.of(ASK, PICK, ALL).forEach(method -> late.onRequest(method, sent::add));
                scene.passMillis(259);
                assertThat(sent)
                        .isNotEmpty()
                        .allSatisfy(request -> assertThat(request.getExpiry()).isEqualTo(expiry));
                scene.assertUnderWay(1);
                scene.passMillis(1);
                scene.assertUnderWay(0);
            }
        }
    }

    /** Nobody waits for what it is at. */
    @OnEveryBus
    void aHandlerOfAServerThatWasShutDownCallsNobody(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        RpcServer server = start(scene, gate);
        RpcClient client = scene.client();
        Call<StringValue> outer = scene.call(client, ASK, "x");
        scene.settle();
        server.shutdownNow();
        outer.failsWith(ErrorCode.CANCELED, "server is closed");
        RequestContext ctx = last(seen);
        int requests = scene.faults().count(Kind.REQUEST);

        CallOptions options = CallOptions.within(ctx).withTimeout(LONG);
        scene.call(client, ASK, text("x"), options).failsWith(ErrorCode.DEADLINE_EXCEEDED, "request timed out");
        assertThat(scene.callAll(client, "x", options).failure())
                .returns(ErrorCode.DEADLINE_EXCEEDED, PsrpcException::code);

        assertThat(scene.faults().count(Kind.REQUEST)).isEqualTo(requests);
    }
}
