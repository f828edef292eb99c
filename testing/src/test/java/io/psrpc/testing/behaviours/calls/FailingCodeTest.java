package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.FEED;
import static io.psrpc.testing.behaviours.calls.Trial.NEWS;
import static io.psrpc.testing.behaviours.calls.Trial.SERVICE;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.PsrpcException;
import io.psrpc.ServerObserver;
import io.psrpc.ServerOptions;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.PsrpcExtension;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Users' code fails, or waits, where the engine calls it: the call ends all the same, and nothing is left. */
class FailingCodeTest {
    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create();

    private final Logs logs = new Logs();

    @BeforeEach
    void listen() {
        logs.open();
    }

    @AfterEach
    void printAgain() {
        logs.close();
    }

    @Test
    void anObserversErrorEndsNothing() {
        ServerOptions serving = ServerOptions.builder()
                .observer(new ServerObserver() {
                    @Override
                    public void onReceived(MethodInfo method) {
                        throw new AssertionError("of a server's observer");
                    }
                })
                .build();
        ClientOptions calling = ClientOptions.builder()
                .observer(new ClientObserver() {
                    @Override
                    public void onResponse(ClientCall call, @Nullable PsrpcException failure, Duration took) {
                        throw new AssertionError("of a client's observer");
                    }
                })
                .build();

        assertThat(ask(serving, calling, CallOptions.DEFAULT)).isEqualTo(text("x"));

        assertThat(logs.with("observer ")).hasSize(2);
    }

    @Test
    void aSwitchThatFailsIsOff() {
        ServerOptions serving = ServerOptions.builder()
                .claimSkipping(() -> {
                    throw new IllegalStateException("of the switch");
                })
                .build();

        try (RpcServer server = RpcServer.create(psrpc.bus(), SERVICE, serving);
                RpcClient client = RpcClient.create(psrpc.bus(), SERVICE, ClientOptions.DEFAULT)) {
            server.register(Binding.unary(ASK, Topic.NONE, (ctx, asked) -> asked));

            // The switch is asked from a client's second request on.
            client.request(ASK, Topic.NONE, text("first"), CallOptions.DEFAULT);
            assertThat(client.request(ASK, Topic.NONE, text("x"), CallOptions.DEFAULT))
                    .isEqualTo(text("x"));
        }

        assertThat(logs.with("the claimSkipping switch failed, so it is claimed"))
                .isNotEmpty();
    }

    @Test
    void anExecutorThatFailsHasNoRoom() {
        ServerOptions serving = ServerOptions.builder()
                .executor(task -> {
                    throw new IllegalStateException("of the executor");
                })
                .build();

        PsrpcException e = catchThrowableOfType(
                PsrpcException.class, () -> ask(serving, ClientOptions.DEFAULT, CallOptions.DEFAULT));

        assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
        assertThat(logs.with("its executor failed")).hasSize(1);
    }

    @Test
    void anInterceptorMayWaitForTheAnswerOnItsCallersThread() {
        for (ClientInterceptor waiting : new ClientInterceptor[] {
            (call, next) -> CompletableFuture.completedFuture(
                    next.proceed(call).toCompletableFuture().join()),
            (call, next) -> CompletableFuture.completedFuture(next.proceed(call)
                    .thenApply(same -> same)
                    .toCompletableFuture()
                    .join()),
            (call, next) ->
                    CompletableFuture.completedFuture(got(next.proceed(call).toCompletableFuture())),
        }) {
            CallOptions options = CallOptions.DEFAULT.withInterceptor(waiting);
            assertThat(ask(ServerOptions.DEFAULT, ClientOptions.DEFAULT, options))
                    .isEqualTo(text("x"));
        }
    }

    @Test
    // A null where none may be.
    @SuppressWarnings("NullAway")
    void whatAnInterceptorHandsOnIsChecked() {
        assertThat(refused(CallOptions.DEFAULT.withInterceptor((call, next) -> next.proceed(null))))
                .isEqualTo("call");
        assertThat(refusedAtServer(null)).isEqualTo("request");
        assertThat(refusedAtServer(Empty.getDefaultInstance()))
                .isEqualTo("an interceptor's request of " + ASK
                        + ": google.protobuf.Empty (expected: google.protobuf.StringValue)");
    }

    @Test
    void anOverflowIsLoggedOnce() {
        SubscriptionOptions small = SubscriptionOptions.DEFAULT.withCapacity(1);
        RpcPublisher publisher = RpcPublisher.create(psrpc.bus(), FEED);
        try (RpcClient client = RpcClient.create(psrpc.bus(), FEED, ClientOptions.DEFAULT);
                Subscription<StringValue> news = client.subscribe(NEWS, Topic.NONE, small)) {
            for (int i = 0; i < 5; i++) {
                publisher.publish(NEWS, Topic.NONE, text("x"));
            }
            assertThat(news.dropped()).isEqualTo(4);
        }
        assertThat(logs.with("")).hasSize(1);
        assertThat(logs.with("its consumer is too slow, updates are lost")).hasSize(1);
    }

    private StringValue ask(ServerOptions serving, ClientOptions calling, CallOptions options) {
        try (RpcServer server = RpcServer.create(psrpc.bus(), SERVICE, serving);
                RpcClient client = RpcClient.create(psrpc.bus(), SERVICE, calling)) {
            server.register(Binding.unary(ASK, Topic.NONE, (ctx, asked) -> asked));
            return client.request(ASK, Topic.NONE, text("x"), options);
        }
    }

    private @Nullable String refused(CallOptions options) {
        return catchThrowableOfType(
                        PsrpcException.class, () -> ask(ServerOptions.DEFAULT, ClientOptions.DEFAULT, options))
                .getMessage();
    }

    private @Nullable String refusedAtServer(Message handedOn) {
        ServerOptions serving = ServerOptions.builder()
                .interceptor((ctx, request, next) -> next.proceed(ctx, handedOn))
                .build();
        return catchThrowableOfType(
                        PsrpcException.class, () -> ask(serving, ClientOptions.DEFAULT, CallOptions.DEFAULT))
                .getMessage();
    }

    private static Message got(CompletableFuture<Message> answer) {
        try {
            return answer.get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
