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
import io.psrpc.ServerInterceptor;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.RpcClient;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Handlers that crash: they throw what nobody expects to catch. */
@Rows("C28")
class RecoveryTest {
    private final Error crash = new StackOverflowError("too deep");

    private final Trail ofServer = new Trail();
    private final Trail ofClient = new Trail();

    private static UnaryHandler<StringValue, StringValue> crashing(Throwable how) {
        return (ctx, request) -> {
            if (!request.getValue().equals("crash")) {
                return text("well: " + request.getValue());
            }
            if (how instanceof Error error) {
                throw error;
            }
            throw (Exception) how;
        };
    }

    private ServerOptions.Builder watched() {
        return ServerOptions.builder()
                .serverId("s")
                .interceptor(ofServer.server("1"))
                .interceptor(ofServer.server("2"));
    }

    private RpcClient client(Scene scene) {
        return scene.client(
                ClientOptions.builder().interceptor(ofClient.client("3")).build());
    }

    /** A call of each kind has crashed: what its caller got, and what stands in the log. */
    private void assertIsInternalForAll(Scene scene, Throwable how, Throwable crash) {
        RpcClient client = client(scene);
        UnaryHandler<StringValue, StringValue> handler = crashing(how);
        scene.server(scene.process(), watched(), serve(ASK, handler), serve(ALL, handler), bid(1, handler));

        Call<StringValue> asking = scene.call(client, ASK, "crash");
        Call<StringValue> picking = scene.call(client, PICK, "crash");
        MultiAnswers answers = scene.callAll(client, "crash", CallOptions.DEFAULT.withExpectedResponses(1));
        scene.passMillis(200);

        List<PsrpcException> failures = List.of(
                asking.failure(),
                picking.failure(),
                answers.all().get(0).error().orElseThrow());
        assertThat(failures).allSatisfy(RecoveryTest::assertIsInternalOfServer);
        assertThat(ofClient.failures()).hasSize(3).allSatisfy(seen -> assertIsInternalOfServer((PsrpcException) seen));
        assertThat(ofServer.failures()).hasSize(6).allSatisfy(seen -> assertIsInternalBecauseOf(crash, seen));
        failures.forEach(failure -> assertLoggedOnce(scene, failure, crash));
    }

    private static void assertIsInternalOfServer(PsrpcException failure) {
        assertThat(failure)
                .hasMessage("internal error")
                .returns(ErrorCode.INTERNAL, PsrpcException::code)
                .returns(true, PsrpcException::isFromPeer)
                .hasNoCause();
    }

    private static void assertIsInternalBecauseOf(Throwable crash, Throwable seen) {
        assertThat(seen)
                .isInstanceOfSatisfying(
                        PsrpcException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL))
                .hasCause(crash);
    }

    private static void assertLoggedOnce(Scene scene, PsrpcException failure, Throwable crash) {
        assertThat(scene.logs().with("request " + failure.requestId().orElseThrow()))
                .singleElement()
                .returns(Level.SEVERE, LogRecord::getLevel)
                .returns(crash, LogRecord::getThrown);
    }

    @OnEveryBus
    void anErrorIsInternal(Scene scene) {
        assertIsInternalForAll(scene, crash, crash);
    }

    @OnEveryBus
    void anErrorThatAFutureHasKeptIsInternal(Scene scene) {
        assertIsInternalForAll(scene, new CompletionException(new ExecutionException(crash)), crash);
    }

    @OnEveryBus
    void aCrashOfAnInterceptorIsInternalForThoseAroundIt(Scene scene) {
        ServerInterceptor crashing = (ctx, request, next) -> {
            throw crash;
        };
        Desk desk = new Desk("never asked");
        scene.server(scene.process(), watched().interceptor(crashing), serve(ASK, desk));

        PsrpcException failure = scene.call(client(scene), ASK, "x").failure();

        assertIsInternalOfServer(failure);
        assertThat(ofServer.failures()).hasSize(2).allSatisfy(seen -> assertIsInternalBecauseOf(crash, seen));
        assertThat(ofServer.steps()).containsExactly("1", "2", "2", "1");
        assertLoggedOnce(scene, failure, crash);
    }

    @OnEveryBus
    void anInterceptorMayAnswerInPlaceOfACrashedHandler(Scene scene) {
        ServerInterceptor helping = (ctx, request, next) -> {
            try {
                return next.proceed(ctx, request);
            } catch (PsrpcException e) {
                return text("instead of " + e.rawCode());
            }
        };
        UnaryHandler<StringValue, StringValue> handler = crashing(crash);
        ServerOptions.Builder options = ServerOptions.builder().serverId("s").interceptor(helping);
        scene.server(scene.process(), options, serve(ASK, handler), serve(ALL, handler));
        RpcClient client = scene.client();

        assertThat(scene.call(client, ASK, "crash").answer()).isEqualTo(text("instead of internal"));
        assertThat(scene.callAll(client, "crash", CallOptions.DEFAULT.withExpectedResponses(1))
                        .byServer())
                .containsEntry("s", "instead of internal");
    }

    /** On the threads of the bus, and on those of the server's own. */
    @OnEveryBus
    void theServerGoesOn(Scene scene) {
        Executor own = scene.crew();
        scene.server(scene.process(), ServerOptions.builder().executor(own), serve(ASK, crashing(crash)));
        scene.server(scene.process(), "s", bid(1, crashing(crash)));
        RpcClient client = scene.client();

        for (int i = 0; i < 3; i++) {
            scene.call(client, ASK, "crash").failsWith(ErrorCode.INTERNAL, "internal error");
            assertThat(scene.call(client, ASK, "x").answer()).isEqualTo(text("well: x"));
            Call<StringValue> crashed = scene.call(client, PICK, "crash");
            Call<StringValue> next = scene.call(client, PICK, "x");
            scene.passMillis(200);
            crashed.failsWith(ErrorCode.INTERNAL, "internal error");
            assertThat(next.answer()).isEqualTo(text("well: x"));
            scene.assertQuiet();
        }
    }
}
