package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.ServerInterceptor;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.RpcClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** What callers get when a handler fails. */
class HandlerErrorTest {
    private static final String CLIENT = "CLI_of_errors";

    private static UnaryHandler<StringValue, StringValue> failing(Throwable failure) {
        return (ctx, request) -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    private static RpcClient client(Scene scene) {
        return scene.client(ClientOptions.builder().clientId(CLIENT).build());
    }

    /** What each kind of call gets. */
    private static List<PsrpcException> failures(Scene scene, Throwable failure) {
        UnaryHandler<StringValue, StringValue> handler = failing(failure);
        scene.server(scene.process(), "s", serve(ASK, handler), serve(ALL, handler), bid(1, handler));
        RpcClient client = client(scene);
        List<PsrpcException> failures = new ArrayList<>();
        failures.add(scene.call(client, ASK, "x").failure());
        Call<StringValue> picking = scene.call(client, PICK, "x");
        MultiAnswers answers = scene.callAll(client, "x", CallOptions.DEFAULT.withExpectedResponses(1));
        scene.passMillis(200);
        failures.add(picking.failure());
        Response<StringValue> answer = answers.all().get(0);
        assertThat(answer.serverId()).isEqualTo("s");
        failures.add(answer.error().orElseThrow());
        return failures;
    }

    @OnEveryBus
    @Rows("C12")
    void arrivesWithCodeMessageAndDetails(Scene scene) {
        Duration first = Duration.newBuilder().setSeconds(7).build();
        PsrpcException error = ErrorCode.NOT_FOUND.error("no such room").withDetails(first, text("attic"));

        for (PsrpcException got : failures(scene, error)) {
            assertThat(got)
                    .hasMessage("no such room")
                    .returns(ErrorCode.NOT_FOUND, PsrpcException::code)
                    .returns("not_found", PsrpcException::rawCode)
                    .returns(true, PsrpcException::isFromPeer);
            assertThat(got.details()).hasSize(2);
            assertThat(got.detail(Duration.getDefaultInstance())).contains(first);
            assertThat(got.detail(StringValue.getDefaultInstance())).contains(text("attic"));
            assertThat(got.detail(Int32Value.getDefaultInstance())).isEmpty();
            assertThat(got.serverId()).contains("s");
            assertThat(got.requestId()).isPresent();
        }
        assertThat(scene.logs().with("")).isEmpty();
    }

    @OnEveryBus
    @Rows("C12")
    void moreDetailsThanAreReadAreLeftOut(Scene scene) {
        Message[] details = new Message[1_001];
        Arrays.fill(details, text("attic"));
        PsrpcException error = ErrorCode.NOT_FOUND.error("no such room").withDetails(details);

        for (PsrpcException got : failures(scene, error)) {
            assertThat(got)
                    .hasMessage("no such room (sent without its 1001 details: too many)")
                    .returns(ErrorCode.NOT_FOUND, PsrpcException::code);
            assertThat(got.details()).isEmpty();
        }
    }

    @OnEveryBus
    @Rows("C12")
    void aCodeThatIsNotListedArrivesAsItIs(Scene scene) {
        for (PsrpcException got : failures(scene, PsrpcException.ofRawCode("out_of_tea", "none left"))) {
            assertThat(got)
                    .hasMessage("none left")
                    .returns(ErrorCode.UNKNOWN, PsrpcException::code)
                    .returns("out_of_tea", PsrpcException::rawCode);
        }
    }

    @OnEveryBus
    @Rows("C12")
    void whatAFutureOfTheHandlersFailedWithArrives(Scene scene) {
        Throwable wrapped = new CompletionException(new ExecutionException(ErrorCode.ABORTED.error("changed")));

        for (PsrpcException got : failures(scene, wrapped)) {
            assertThat(got).hasMessage("changed").returns(ErrorCode.ABORTED, PsrpcException::code);
        }
    }

    @OnEveryBus
    @Rows("C13")
    void anEmptyMessageIsSentAsTheCodesName(Scene scene) {
        Peer peer = scene.peer();
        List<io.psrpc.wire.Response> sent = peer.responses(CLIENT);

        for (PsrpcException got : failures(scene, new PsrpcException(ErrorCode.NOT_FOUND, ""))) {
            assertThat(got).hasMessage("not_found").returns(ErrorCode.NOT_FOUND, PsrpcException::code);
        }
        assertThat(sent)
                .hasSize(3)
                .allSatisfy(response -> assertThat(response)
                        .returns("not_found", io.psrpc.wire.Response::getError)
                        .returns("not_found", io.psrpc.wire.Response::getCode));
    }

    @OnEveryBus
    @Rows("C13")
    void anEmptyMessageOfAnyOtherExceptionIsNoSuccess(Scene scene) {
        for (PsrpcException got : failures(scene, new IllegalStateException(""))) {
            assertThat(got).hasMessage("unknown").returns(ErrorCode.UNKNOWN, PsrpcException::code);
        }
    }

    private static void assertLoggedOnceEach(
            Scene scene, List<PsrpcException> failures, Throwable logged, Level level) {
        for (PsrpcException failure : failures) {
            List<LogRecord> records =
                    scene.logs().with("request " + failure.requestId().orElseThrow());
            assertThat(records)
                    .singleElement()
                    .returns(level, LogRecord::getLevel)
                    .returns(logged, LogRecord::getThrown);
        }
        assertThat(scene.logs().with("")).hasSize(failures.size());
    }

    @OnEveryBus
    @Rows("C14")
    void anyOtherExceptionIsUnknownAndLoggedOnce(Scene scene) {
        Exception thrown = new IllegalStateException("cannot go on", new RuntimeException("secret"));
        Peer peer = scene.peer();
        List<io.psrpc.wire.Response> sent = peer.responses(CLIENT);

        List<PsrpcException> failures = failures(scene, thrown);

        assertThat(failures)
                .allSatisfy(got -> assertThat(got)
                        .hasMessage("cannot go on")
                        .returns(ErrorCode.UNKNOWN, PsrpcException::code)
                        .hasNoCause());
        assertLoggedOnceEach(scene, failures, thrown, Level.WARNING);
        assertNothingButTheMessageWasSent(sent, "cannot go on", "unknown");
    }

    private static void assertNothingButTheMessageWasSent(
            List<io.psrpc.wire.Response> sent, String message, String code) {
        assertThat(sent)
                .hasSize(3)
                .allSatisfy(response -> assertThat(response.toBuilder()
                                .clearRequestId()
                                .clearSentAt()
                                .clearProcessServers()
                                .build())
                        .isEqualTo(io.psrpc.wire.Response.newBuilder()
                                .setServerId("s")
                                .setError(message)
                                .setCode(code)
                                .build()));
    }

    @OnEveryBus
    @Rows("C14")
    void anErrorIsInternalAndLoggedOnce(Scene scene) {
        Error thrown = new StackOverflowError("too deep");
        Peer peer = scene.peer();
        List<io.psrpc.wire.Response> sent = peer.responses(CLIENT);

        List<PsrpcException> failures = failures(scene, thrown);

        assertThat(failures)
                .allSatisfy(got -> assertThat(got)
                        .returns(ErrorCode.INTERNAL, PsrpcException::code)
                        .hasNoCause());
        assertLoggedOnceEach(scene, failures, thrown, Level.SEVERE);
        assertNothingButTheMessageWasSent(sent, String.valueOf(failures.get(0).getMessage()), "internal");
    }

    @OnEveryBus
    @Rows("C14")
    void anErrorThatAFutureOfTheHandlersFailedWithIsInternal(Scene scene) {
        for (PsrpcException got : failures(scene, new CompletionException(new AssertionError("impossible")))) {
            assertThat(got).returns(ErrorCode.INTERNAL, PsrpcException::code);
        }
    }

    @OnEveryBus
    @Rows("C14")
    void anErrorOfAnInterceptorIsInternalAndLoggedOnce(Scene scene) {
        Error thrown = new NoClassDefFoundError("gone");
        ServerInterceptor crashing = (ctx, request, next) -> {
            throw thrown;
        };
        scene.server(
                scene.process(), ServerOptions.builder().interceptor(crashing), serve(ASK, new Desk("never asked")));

        PsrpcException failure = scene.call(scene.client(), ASK, "x").failure();

        assertThat(failure).returns(ErrorCode.INTERNAL, PsrpcException::code);
        assertLoggedOnceEach(scene, List.of(failure), thrown, Level.SEVERE);
    }
}
