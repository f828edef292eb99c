package io.psrpc.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.example.api.MyRequest;
import com.example.api.MyServiceMethods;
import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.PsrpcExtension;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The recipe for gRPC's statuses, as it stands on its page. */
@Rows("C12")
class GrpcStatusTest {
    private static final String PAGE = "docs/guides/grpc-status.md";
    private static final MyRequest ASK = MyRequest.getDefaultInstance();
    private static final ErrorInfo WHY =
            ErrorInfo.newBuilder().setReason("NO_SUCH_ROOM").build();
    private static final RetryInfo WHEN = RetryInfo.getDefaultInstance();

    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create();

    @TempDir
    static Path classes;

    private static URLClassLoader loader;
    private static Function<Throwable, Optional<PsrpcException>> recipe;

    // The page says what its class implements.
    @SuppressWarnings("unchecked")
    @BeforeAll
    static void compileThePage() throws Exception {
        Page page = Project.pages().stream()
                .filter(candidate -> candidate.path().equals(PAGE))
                .findFirst()
                .orElseThrow();
        assertThat(new JavaBlocks(page).compile(classes)).isEmpty();
        loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        recipe = (Function<Throwable, Optional<PsrpcException>>) loader.loadClass("com.example.grpc.GrpcStatuses")
                .getConstructor()
                .newInstance();
    }

    @AfterAll
    static void close() throws Exception {
        loader.close();
    }

    private static StatusRuntimeException withDetails() {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.NOT_FOUND.value())
                .setMessage("no such room")
                .addDetails(Any.pack(WHY))
                .addDetails(Any.pack(WHEN))
                .build());
    }

    /** What the callers of unary methods, blocking and async, and of a multi method get when a handler throws it. */
    private List<PsrpcException> answers(Exception thrown) {
        try (RpcServer server = RpcServer.create(psrpc.bus(), MyServiceMethods.SERVICE, options());
                RpcClient client = RpcClient.create(psrpc.bus(), MyServiceMethods.SERVICE, ClientOptions.DEFAULT)) {
            server.register(
                    throwing(MyServiceMethods.NORMAL_RPC, thrown),
                    throwing(MyServiceMethods.INTENSIVE_RPC, thrown),
                    throwing(MyServiceMethods.GET_STATS, thrown));
            List<PsrpcException> answers = new ArrayList<>();
            for (var method : List.of(MyServiceMethods.NORMAL_RPC, MyServiceMethods.INTENSIVE_RPC)) {
                answers.add(catchThrowableOfType(
                        PsrpcException.class, () -> client.request(method, Topic.NONE, ASK, CallOptions.DEFAULT)));
                answers.add(PsrpcException.from(catchThrowableOfType(
                        CompletionException.class,
                        () -> client.requestAsync(method, Topic.NONE, ASK, CallOptions.DEFAULT)
                                .join())));
            }
            try (var all = client.requestAll(MyServiceMethods.GET_STATS, Topic.NONE, ASK, CallOptions.DEFAULT)) {
                all.stream().map(Response::error).map(Optional::orElseThrow).forEach(answers::add);
            }
            assertThat(answers).hasSize(5);
            return answers;
        }
    }

    private static ServerOptions options() {
        return ServerOptions.builder().errorMapper(recipe).errorMasking(true).build();
    }

    private static <Q extends com.google.protobuf.Message, R extends com.google.protobuf.Message> Binding throwing(
            MethodDefinition<Q, R> method, Exception thrown) {
        return Binding.unary(method, Topic.NONE, (ctx, request) -> {
            throw thrown;
        });
    }

    @Test
    void codeMessageAndDetailsArrive() {
        for (PsrpcException answer : answers(withDetails())) {
            assertThat(answer).hasMessage("no such room").returns(ErrorCode.NOT_FOUND, PsrpcException::code);
            assertThat(answer.isFromPeer()).isTrue();
            assertThat(answer.details()).hasSize(2);
            assertThat(answer.detail(ErrorInfo.getDefaultInstance())).contains(WHY);
            assertThat(answer.detail(RetryInfo.getDefaultInstance())).contains(WHEN);
        }
    }

    @Test
    void aStatusWithinAnotherExceptionArrives() {
        Exception wrapped = new CompletionException(new IllegalStateException("behind", withDetails()));

        for (PsrpcException answer : answers(wrapped)) {
            assertThat(answer).hasMessage("no such room").returns(ErrorCode.NOT_FOUND, PsrpcException::code);
            assertThat(answer.detail(ErrorInfo.getDefaultInstance())).contains(WHY);
        }
    }

    @Test
    void aCheckedStatusWithoutMessageArrivesWithItsCodesName() {
        for (PsrpcException answer : answers(new StatusException(Status.DATA_LOSS, new Metadata()))) {
            assertThat(answer).hasMessage("data_loss").returns(ErrorCode.DATA_LOSS, PsrpcException::code);
            assertThat(answer.details()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OK")
    void everyCodeIsThatOfItsName(Status.Code code) {
        PsrpcException mapped = recipe.apply(
                        new StatusRuntimeException(Status.fromCode(code).withDescription("why")))
                .orElseThrow();

        assertThat(mapped.code().name().replace("CANCELED", "CANCELLED")).isEqualTo(code.name());
        assertThat(mapped.code().grpcStatus()).isEqualTo(code.value());
        assertThat(mapped).hasMessage("why");
    }

    @Test
    void whatIsNoErrorStatusIsNotMapped() {
        assertThat(recipe.apply(new IllegalStateException("other"))).isEmpty();
        assertThat(recipe.apply(new StatusRuntimeException(Status.OK))).isEmpty();
        for (PsrpcException answer : answers(new IllegalStateException("other"))) {
            assertThat(answer).hasMessage("internal error").returns(ErrorCode.INTERNAL, PsrpcException::code);
        }
    }
}
