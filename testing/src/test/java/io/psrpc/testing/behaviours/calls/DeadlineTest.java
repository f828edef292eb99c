package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.RequestContext;
import io.psrpc.Responses.End;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.TestContext;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** How long a call may take, and who knows. */
@Rows("C17")
class DeadlineTest {
    private static final long UNSET = 0;

    /** In milliseconds: what the call says, what the client says, what the caller has left, and what comes of it. */
    private record Case(long call, long client, long left, long timeout) {}

    private static final List<Case> CASES = List.of(
            new Case(UNSET, UNSET, UNSET, 3000),
            new Case(500, UNSET, UNSET, 500),
            new Case(1500, 400, UNSET, 1500),
            new Case(UNSET, 400, UNSET, 400),
            new Case(UNSET, 1500, 400, 400),
            new Case(UNSET, 400, 1500, 400),
            new Case(UNSET, UNSET, 700, 700),
            new Case(UNSET, UNSET, 4000, 4000),
            new Case(1500, UNSET, 700, 700),
            new Case(200, UNSET, 700, 200),
            new Case(1500, 400, 700, 700));

    private final List<RequestContext> seen = new CopyOnWriteArrayList<>();

    private StringValue hold(RequestContext ctx, Crew.Gate gate) throws InterruptedException {
        seen.add(ctx);
        gate.pass();
        return text("too late");
    }

    private static RpcClient client(Scene scene, Case one) {
        ClientOptions.Builder options = ClientOptions.builder();
        if (one.client != UNSET) {
            options.timeout(Duration.ofMillis(one.client));
        }
        return scene.client(options.build());
    }

    /** What is left of the caller's time is asked when the call starts. */
    private static CallOptions options(Scene scene, Case one) {
        CallOptions options = CallOptions.DEFAULT;
        if (one.call != UNSET) {
            options = options.withTimeout(Duration.ofMillis(one.call));
        }
        if (one.left != UNSET) {
            Duration remaining = Duration.ofMillis(one.left + 10);
            options = options.withDeadlineOf(TestContext.builder()
                    .time(scene.time())
                    .remaining(remaining)
                    .metadata("not", "passed on")
                    .build());
            scene.passMillis(10);
        }
        return options;
    }

    private void assertKnown(Scene scene, Case one, Request request) {
        assertThat(request.getExpiry() - request.getSentAt())
                .as("%s", one)
                .isEqualTo(Duration.ofMillis(one.timeout).toNanos());
        assertThat(request.getMetadataMap()).isEmpty();
        RequestContext ctx = seen.get(seen.size() - 1);
        Instant deadline = scene.time().now().plusMillis(one.timeout);
        assertThat(ctx.requestId()).isEqualTo(request.getRequestId());
        assertThat(ctx.deadline()).isEqualTo(deadline);
        assertThat(ctx.remaining()).isEqualTo(Duration.ofMillis(one.timeout));
        assertThat(ctx.isDone()).isFalse();
    }

    @OnEveryBus
    void aQueueCall(Scene scene) {
        List<Request> requests = scene.peer().requests(ASK);
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", serve(ASK, (ctx, request) -> hold(ctx, gate)));

        assertEndsInTime(scene, ASK, requests);
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void anAffinityCall(Scene scene) {
        List<Request> requests = new ArrayList<>();
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", bid(1, (ctx, request) -> hold(ctx, gate)));
        Peer peer = scene.peer();
        peer.onRequest(PICK, request -> {
            requests.add(request);
            peer.bid(request, "who is never chosen", 0);
        });

        // Where the broker does not count, who bids must be learnt first: the calls then select at once.
        scene.call(scene.client(), PICK, text("x"), CallOptions.timeout(Duration.ofMillis(250)));
        scene.passMillis(250);
        assertEndsInTime(scene, PICK, requests);
        gate.open();
        scene.settle();
    }

    private void assertEndsInTime(
            Scene scene, MethodDefinition<StringValue, StringValue> method, List<Request> requests) {
        for (Case one : CASES) {
            RpcClient client = client(scene, one);
            CallOptions options = options(scene, one);
            Call<StringValue> call = scene.call(client, method, text("x"), options);
            scene.settle();
            assertKnown(scene, one, requests.get(requests.size() - 1));

            scene.pass(Duration.ofMillis(one.timeout).minusNanos(1));
            scene.assertUnderWay(1);
            scene.pass(Duration.ofNanos(1));

            call.failsWith(ErrorCode.DEADLINE_EXCEEDED, "request timed out");
            assertThat(seen.get(seen.size() - 1).remaining()).isZero();
            assertThat(seen.get(seen.size() - 1).isDone()).isTrue();
        }
    }

    @OnEveryBus
    void aMultiCall(Scene scene) {
        List<Request> requests = scene.peer().requests(ALL);
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", serve(ALL, (ctx, request) -> hold(ctx, gate)));

        for (Case one : CASES) {
            RpcClient client = client(scene, one);
            CallOptions options = options(scene, one);
            MultiAnswers answers = scene.callAll(client, "x", options);
            scene.settle();
            assertKnown(scene, one, requests.get(requests.size() - 1));

            scene.pass(Duration.ofMillis(one.timeout).minusNanos(1));
            scene.assertUnderWay(1);
            scene.pass(Duration.ofNanos(1));

            assertThat(answers.all()).isEmpty();
            answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
        }
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void aCallerWhoseTimeIsUpSendsNothing(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, new Desk("s")), serve(ALL, new Desk("s")));
        RpcClient client = scene.client();
        RequestContext over = TestContext.builder()
                .time(scene.time())
                .remaining(Duration.ofMillis(5))
                .build();
        CallOptions options = CallOptions.within(over).withTimeout(Duration.ofSeconds(1));
        scene.passMillis(5);

        scene.call(client, ASK, text("x"), options).failsWith(ErrorCode.DEADLINE_EXCEEDED, "request timed out");
        assertThat(scene.callAll(client, "x", options).failure())
                .hasMessage("request timed out")
                .returns(ErrorCode.DEADLINE_EXCEEDED, PsrpcException::code);
        assertThat(scene.faults().count(Kind.REQUEST)).isZero();
    }
}
