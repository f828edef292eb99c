package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.ServerInterceptor;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.behaviours.calls.FailingInterceptor.Point;

/** Failures pass interceptors as they are, and interceptors may fail themselves. */
@Rows("C27")
class InterceptorFailureTest {
    private final PsrpcException noRoom =
            ErrorCode.NOT_FOUND.error("no such room").withDetails(text("attic"));

    private final Trail ofClient = new Trail();
    private final Trail ofServer = new Trail();

    private RpcClient client(Scene scene) {
        return scene.client(ClientOptions.builder()
                .interceptor(ofClient.client("1"))
                .interceptor(ofClient.client("2"))
                .build());
    }

    private void startFailing(Scene scene) {
        UnaryHandler<StringValue, StringValue> failing = (ctx, request) -> {
            throw noRoom;
        };
        start(scene, serve(ASK, failing), serve(ALL, failing), bid(1, failing));
    }

    private void start(Scene scene, Binding... bindings) {
        ServerOptions.Builder options = ServerOptions.builder()
                .serverId("s")
                .interceptor(ofServer.server("3"))
                .interceptor(ofServer.server("4"));
        scene.server(scene.process(), options, bindings);
    }

    private static void assertIsNoRoom(PsrpcException failure) {
        assertThat(failure)
                .hasMessage("no such room")
                .returns(ErrorCode.NOT_FOUND, PsrpcException::code)
                .returns(true, PsrpcException::isFromPeer);
        assertThat(failure.serverId()).contains("s");
        assertThat(failure.detail(StringValue.getDefaultInstance())).contains(text("attic"));
    }

    /** Blocking callers get a copy, which has their own stack. */
    private void assertPassed(Scene scene, PsrpcException failure) {
        assertThat(ofClient.failures())
                .hasSize(2)
                .containsOnly(ofClient.failures().get(0));
        PsrpcException seen = (PsrpcException) ofClient.failures().get(0);
        if (scene.flavour() == Flavour.ASYNC) {
            assertThat(failure).isSameAs(seen);
        }
        assertThat(failure)
                .hasMessage(seen.getMessage())
                .returns(seen.rawCode(), PsrpcException::rawCode)
                .returns(seen.requestId(), PsrpcException::requestId)
                .returns(seen.serverId(), PsrpcException::serverId)
                .returns(seen.details(), PsrpcException::details);
    }

    @OnEveryBus
    void aQueueCallsErrorPasses(Scene scene) {
        assertErrorPasses(scene, ASK);
    }

    @OnEveryBus
    void anAffinityCallsErrorPasses(Scene scene) {
        assertErrorPasses(scene, PICK);
    }

    private void assertErrorPasses(Scene scene, MethodDefinition<StringValue, StringValue> method) {
        startFailing(scene);

        Call<StringValue> call = scene.call(client(scene), method, "x");
        scene.passMillis(200);

        PsrpcException failure = call.failure();
        assertIsNoRoom(failure);
        assertPassed(scene, failure);
        assertThat(ofServer.failures())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen).isSameAs(noRoom));
    }

    @OnEveryBus
    void aMultiCallsErrorsPass(Scene scene) {
        startFailing(scene);

        MultiAnswers answers = scene.callAll(client(scene), "x", CallOptions.DEFAULT.withExpectedResponses(1));

        PsrpcException failure = answers.all().get(0).error().orElseThrow();
        assertIsNoRoom(failure);
        assertThat(ofClient.failures())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen).isSameAs(failure));
        assertThat(ofServer.failures())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen).isSameAs(noRoom));
    }

    @OnEveryBus
    void aHandlersOwnExceptionPassesAsItIs(Scene scene) {
        Exception thrown = new IllegalStateException("cannot go on");
        start(scene, serve(ASK, (ctx, request) -> {
            throw thrown;
        }));

        scene.call(client(scene), ASK, "x").failsWith(ErrorCode.UNKNOWN, "cannot go on");

        assertThat(ofServer.failures())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen).isSameAs(thrown));
    }

    @OnEveryBus
    void aFailureThatArisesHerePasses(Scene scene) {
        scene.faults().failNextPublish(Kind.REQUEST, 1);

        PsrpcException failure = scene.call(client(scene), ASK, "x").failure();

        assertThat(failure).returns(ErrorCode.INTERNAL, PsrpcException::code);
        assertThat(failure).hasMessageEndingWith("publish failed on purpose");
        assertPassed(scene, failure);
    }

    @OnEveryBus
    void theFailureOfAMultiCallAsAWholePasses(Scene scene) {
        scene.faults().failNextPublish(Kind.REQUEST, 1);

        PsrpcException failure =
                scene.callAll(client(scene), "x", CallOptions.DEFAULT).failure();

        assertThat(failure).returns(ErrorCode.INTERNAL, PsrpcException::code);
        assertThat(failure).hasMessageEndingWith("publish failed on purpose");
        assertPassed(scene, failure);
        assertThat(ofClient.steps()).containsExactly("1", "2", "2 end", "1 end");
    }

    /** Inside of two who only look on. */
    private void assertFails(Scene scene, Point point, Throwable thrown, ErrorCode code) {
        RpcClient client = client(scene);
        CallOptions options = CallOptions.DEFAULT
                .withInterceptor(new FailingInterceptor(point, thrown))
                .withExpectedResponses(1);
        if (point != Point.AT_THE_END) {
            scene.call(client, ASK, text("x"), options).failsWith(code, String.valueOf(thrown.getMessage()));
        }

        assertThat(scene.callAll(client, "x", options).failure())
                .hasMessage(thrown.getMessage())
                .returns(code, PsrpcException::code);
        scene.assertUnderWay(0);
    }

    private void assertWhateverIsThrownIsTheFailure(Scene scene, Point point) {
        start(scene, serve(ASK, new Desk("s")), serve(ALL, new Desk("s")));

        assertFails(scene, point, noRoom, ErrorCode.NOT_FOUND);
        assertFails(scene, point, new IllegalStateException("broken"), ErrorCode.UNKNOWN);
        assertFails(scene, point, new AssertionError("crashed"), ErrorCode.UNKNOWN);
    }

    @OnEveryBus
    void whatOneThrowsIsTheCallsFailure(Scene scene) {
        assertWhateverIsThrownIsTheFailure(scene, Point.ON_THE_WAY_IN);

        assertThat(scene.faults().count(Kind.REQUEST)).isZero();
    }

    @OnEveryBus
    void whatOneThrowsAfterItHasPassedTheCallOnEndsTheCall(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        UnaryHandler<StringValue, StringValue> holding = (ctx, request) -> {
            gate.pass();
            return text("nobody waits for this");
        };
        start(scene, serve(ASK, holding), serve(ALL, holding));

        assertFails(scene, Point.ONCE_PASSED_ON, noRoom, ErrorCode.NOT_FOUND);
        assertFails(scene, Point.ONCE_PASSED_ON, new AssertionError("crashed"), ErrorCode.UNKNOWN);
        assertThat(scene.faults().count(Kind.REQUEST)).isEqualTo(4);
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void whatOneThrowsInPlaceOfAnAnswerIsTheCallsFailure(Scene scene) {
        assertWhateverIsThrownIsTheFailure(scene, Point.AT_AN_ANSWER);
    }

    @OnEveryBus
    void whatOneThrowsInPlaceOfTheEndIsTheCallsFailure(Scene scene) {
        assertWhateverIsThrownIsTheFailure(scene, Point.AT_THE_END);
    }

    /** Not the exception as it was thrown: what callers catch is always of one type. */
    @OnEveryBus(flavours = Flavour.BLOCKING)
    void aBlockingCallerIsThrownAPsrpcException(Scene scene) {
        start(scene, serve(ASK, new Desk("s")), serve(ALL, new Desk("s")));
        RpcClient client = scene.client();
        Error thrown = new AssertionError("crashed");
        for (Point point : Point.values()) {
            CallOptions options = CallOptions.DEFAULT
                    .withInterceptor(new FailingInterceptor(point, thrown))
                    .withExpectedResponses(1);
            Call<Void> multi = scene.run(() -> {
                assertThatExceptionOfType(PsrpcException.class)
                        .isThrownBy(() -> client.requestAll(ALL, Topic.NONE, text("x"), options)
                                .toList())
                        .withCause(thrown);
                return null;
            });
            multi.answer();
            if (point != Point.AT_THE_END) {
                Call<Void> unary = scene.run(() -> {
                    assertThatExceptionOfType(PsrpcException.class)
                            .isThrownBy(() -> client.request(ASK, Topic.NONE, text("x"), options))
                            .withCause(thrown);
                    return null;
                });
                unary.answer();
            }
        }
    }

    @OnEveryBus
    void whatAServersOneThrowsIsTheAnswer(Scene scene) {
        ServerInterceptor guard = (ctx, request, next) -> {
            throw noRoom;
        };
        Desk desk = new Desk("never asked");
        ServerOptions.Builder options = ServerOptions.builder()
                .serverId("s")
                .interceptor(ofServer.server("3"))
                .interceptor(guard);
        scene.server(scene.process(), options, serve(ASK, desk), serve(ALL, desk));
        RpcClient client = scene.client();

        assertIsNoRoom(scene.call(client, ASK, "x").failure());
        MultiAnswers answers = scene.callAll(client, "x", CallOptions.DEFAULT.withExpectedResponses(1));
        assertIsNoRoom(answers.all().get(0).error().orElseThrow());

        assertThat(ofServer.failures())
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen).isSameAs(noRoom));
        assertThat(desk.asked()).isEmpty();
    }
}
