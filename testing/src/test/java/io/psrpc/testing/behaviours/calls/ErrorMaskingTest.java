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
import io.psrpc.wire.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.logging.LogRecord;

/** Servers that tell their clients nothing of exceptions that are not meant for them. */
@Rows("C31")
class ErrorMaskingTest {
    private static final String CLIENT = "CLI_of_masks";
    private static final String SECRET = "password hunter2";

    private static ServerOptions.Builder masking() {
        return ServerOptions.builder().serverId("s").errorMasking(true);
    }

    private static UnaryHandler<StringValue, StringValue> failing(Throwable failure) {
        return (ctx, request) -> {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    /** What each kind of call gets from such a server. */
    private static List<PsrpcException> failures(Scene scene, ServerOptions.Builder options, Throwable failure) {
        UnaryHandler<StringValue, StringValue> handler = failing(failure);
        scene.server(scene.process(), options, serve(ASK, handler), serve(ALL, handler), bid(1, handler));
        RpcClient client = scene.client(ClientOptions.builder().clientId(CLIENT).build());
        List<PsrpcException> failures = new ArrayList<>();
        failures.add(scene.call(client, ASK, "x").failure());
        Call<StringValue> picking = scene.call(client, PICK, "x");
        MultiAnswers answers = scene.callAll(client, "x", CallOptions.DEFAULT.withExpectedResponses(1));
        scene.passMillis(200);
        failures.add(picking.failure());
        failures.add(answers.all().get(0).error().orElseThrow());
        return failures;
    }

    private static void assertMasked(Scene scene, ServerOptions.Builder options, Throwable thrown, Throwable logged) {
        List<Response> sent = scene.peer().responses(CLIENT);

        List<PsrpcException> failures = failures(scene, options, thrown);

        assertThat(failures).hasSize(3).allSatisfy(failure -> {
            assertThat(failure)
                    .hasMessage("internal error")
                    .returns(ErrorCode.INTERNAL, PsrpcException::code)
                    .returns("internal", PsrpcException::rawCode)
                    .returns(List.of(), PsrpcException::details)
                    .hasNoCause();
            assertThat(scene.logs().with("request " + failure.requestId().orElseThrow()))
                    .extracting(LogRecord::getThrown)
                    .containsExactly(logged);
        });
        assertThat(sent)
                .hasSize(3)
                .allSatisfy(response -> assertThat(response.toString())
                        .doesNotContain(SECRET)
                        .doesNotContain(thrown.getClass().getSimpleName()));
    }

    @OnEveryBus
    void anUncheckedException(Scene scene) {
        Exception thrown = new IllegalStateException(SECRET);
        assertMasked(scene, masking(), thrown, thrown);
    }

    @OnEveryBus
    void aCheckedException(Scene scene) {
        Exception thrown = new IOException(SECRET, new RuntimeException(SECRET));
        assertMasked(scene, masking(), thrown, thrown);
    }

    @OnEveryBus
    void anExceptionThatAFutureHasKept(Scene scene) {
        Exception kept = new IOException(SECRET);
        assertMasked(scene, masking(), new CompletionException(SECRET, kept), kept);
    }

    /** One message for whatever it was: a crash is not told from an exception either. */
    @OnEveryBus
    void anError(Scene scene) {
        Error thrown = new AssertionError(SECRET);
        assertMasked(scene, masking(), thrown, thrown);
    }

    @OnEveryBus
    void anExceptionOfAnInterceptor(Scene scene) {
        Exception thrown = new IllegalArgumentException(SECRET);
        ServerInterceptor failing = (ctx, request, next) -> {
            throw thrown;
        };
        assertMasked(scene, masking().interceptor(failing), new IOException("never thrown"), thrown);
    }

    @OnEveryBus
    void anExceptionThatTheMapperDoesNotKnow(Scene scene) {
        Exception thrown = new IllegalStateException(SECRET);
        assertMasked(scene, masking().errorMapper(failure -> Optional.empty()), thrown, thrown);
    }

    /** Interceptors stand inside of the mask: they log, count and translate what was really thrown. */
    @OnEveryBus
    void interceptorsSeeTheExceptionItself(Scene scene) {
        Exception thrown = new IllegalStateException(SECRET);
        Trail trail = new Trail();
        assertMasked(scene, masking().interceptor(trail.server("1")), thrown, thrown);

        assertThat(trail.failures()).containsExactly(thrown, thrown, thrown);
    }

    private static void assertNotMasked(Scene scene, ServerOptions.Builder options, Throwable thrown) {
        assertThat(failures(scene, options, thrown)).hasSize(3).allSatisfy(failure -> {
            assertThat(failure)
                    .hasMessage("no such room")
                    .returns(ErrorCode.NOT_FOUND, PsrpcException::code)
                    .returns("not_found", PsrpcException::rawCode);
            assertThat(failure.detail(StringValue.getDefaultInstance())).contains(text("attic"));
        });
        assertThat(scene.logs().with("")).isEmpty();
    }

    private static PsrpcException noRoom() {
        return ErrorCode.NOT_FOUND.error("no such room").withDetails(text("attic"));
    }

    @OnEveryBus
    void aPsrpcExceptionIsMeantForTheClient(Scene scene) {
        assertNotMasked(scene, masking(), noRoom());
    }

    @OnEveryBus
    void soIsOneThatAFutureHasKept(Scene scene) {
        assertNotMasked(scene, masking(), new CompletionException(SECRET, noRoom()));
    }

    @OnEveryBus
    void soIsWhatTheMapperMakesOfAnException(Scene scene) {
        Exception thrown = new IOException(SECRET);
        ServerOptions.Builder options =
                masking().errorMapper(failure -> failure == thrown ? Optional.of(noRoom()) : Optional.empty());
        assertNotMasked(scene, options, thrown);
    }

    /** The mapper's own failure is logged beside that of the handler, and neither reaches the client. */
    @OnEveryBus
    void aMapperThatFailsIsAsGoodAsNone(Scene scene) {
        Exception thrown = new IOException(SECRET);
        Error ofMapper = new NoClassDefFoundError(SECRET);
        RpcClient client = scene.client();
        scene.server(
                scene.process(),
                masking().errorMapper(failure -> {
                    throw ofMapper;
                }),
                serve(ASK, failing(thrown)));

        PsrpcException failure = scene.call(client, ASK, "x").failure();

        assertThat(failure).hasMessage("internal error").returns(ErrorCode.INTERNAL, PsrpcException::code);
        assertThat(scene.logs().with("request " + failure.requestId().orElseThrow()))
                .extracting(LogRecord::getThrown)
                .containsExactlyInAnyOrder(ofMapper, thrown);
    }

    @OnEveryBus
    @SuppressWarnings("NullAway") // what a careless mapper does
    void soIsOneThatReturnsNull(Scene scene) {
        scene.server(
                scene.process(), masking().errorMapper(failure -> null), serve(ASK, failing(new IOException(SECRET))));

        scene.call(scene.client(), ASK, "x").failsWith(ErrorCode.INTERNAL, "internal error");
    }
}
