package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.FEED;
import static io.psrpc.testing.behaviours.calls.Trial.NEWS;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.SERVICE;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Selection;
import io.psrpc.Selection.Bid;
import io.psrpc.ServerOptions;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import io.psrpc.testing.PsrpcExtension;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the compiler lets through, and is told at once, and by name. */
class MisuseTest {
    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create();

    private RpcServer server;
    private RpcClient client;

    @BeforeEach
    void start() {
        ServerOptions options = ServerOptions.builder()
                .interceptor((ctx, request, next) -> {
                    Message result = next.proceed(ctx, request);
                    return request.equals(text("other")) ? Empty.getDefaultInstance() : result;
                })
                .build();
        server = RpcServer.create(psrpc.bus(), SERVICE, options);
        server.register(
                Binding.unary(ASK, Topic.NONE, (ctx, request) -> request),
                Binding.unary(PICK, Topic.NONE, (ctx, request) -> request, (ctx, request) -> 1));
        client = RpcClient.create(psrpc.bus(), SERVICE, ClientOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    // A null where none may be.
    @SuppressWarnings("NullAway")
    void aNullIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> client.request(ASK, Topic.NONE, null, CallOptions.DEFAULT))
                .withMessage("request");
        assertThatNullPointerException()
                .isThrownBy(() -> client.requestAsync(ASK, null, text("x"), CallOptions.DEFAULT))
                .withMessage("topic");
        assertThatNullPointerException()
                .isThrownBy(() -> client.requestAll(ASK, Topic.NONE, text("x"), null))
                .withMessage("options");
        assertThatNullPointerException()
                .isThrownBy(() -> client.subscribe(null, Topic.NONE, SubscriptionOptions.DEFAULT))
                .withMessage("method");
    }

    @Test
    // A null where none may be.
    @SuppressWarnings("NullAway")
    void aNullIsNamedWhereThingsAreMade() {
        assertNamed("bus", () -> RpcClient.create(null, SERVICE, ClientOptions.DEFAULT));
        assertNamed("options", () -> RpcClient.create(psrpc.bus(), SERVICE, null));
        assertNamed("bus", () -> RpcServer.create(null, SERVICE, ServerOptions.DEFAULT));
        assertNamed("options", () -> RpcServer.create(psrpc.bus(), SERVICE, null));
        assertNamed("bus", () -> RpcPublisher.create(null, FEED));
        assertNamed("transport", () -> MessageBus.over(null, BusOptions.DEFAULT));
        assertNamed("options", () -> LocalMessageBus.create(null));
        assertNamed("listener", () -> psrpc.bus().onState(null));
        assertNamed("name", () -> BusChannel.named(null));
        assertNamed("message", () -> psrpc.bus().publish(BusChannel.named("x"), null));
        assertNamed("limit", () -> server.drain(null));
        assertNamed("binding", () -> server.register((Binding) null));
        assertNamed("update", () -> server.publish(NEWS, Topic.NONE, null));
        assertNamed("methods", () -> new ServiceDefinition("X", null));
    }

    private static void assertNamed(String name, ThrowingCallable misuse) {
        assertThatNullPointerException().isThrownBy(misuse).withMessage(name);
    }

    @Test
    void aTransportIsOneBusAlone() {
        BusTransport transport = LocalBroker.create().transport();
        try (MessageBus first = MessageBus.over(transport, BusOptions.DEFAULT)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> MessageBus.over(transport, BusOptions.DEFAULT))
                    .withMessage("transport: local, which another bus uses (expected: one of its own)");
            assertThat(first.state().status()).isEqualTo(BusState.Status.CONNECTED);
        }
    }

    @Test
    void aClosedBusSaysSo() {
        MessageBus bus = LocalMessageBus.create();
        RpcPublisher publisher = RpcPublisher.create(bus, FEED);
        BusChannel channel = BusChannel.named("x");
        bus.close();
        bus.close();

        assertBusIsClosed(() -> publisher.publish(NEWS, Topic.NONE, text("x")));
        assertBusIsClosed(() -> RpcClient.create(bus, SERVICE, ClientOptions.DEFAULT));
        assertBusIsClosed(() -> RpcServer.create(bus, SERVICE, ServerOptions.DEFAULT));
        assertBusIsClosed(() -> bus.subscribe(channel, text("x"), SubscriptionOptions.DEFAULT));
        assertThat(bus.publish(channel, text("x"))
                        .handle((done, e) -> e.getMessage())
                        .join())
                .isEqualTo("bus is closed");
    }

    private static void assertBusIsClosed(ThrowingCallable misuse) {
        PsrpcException e = failure(misuse);
        assertThat(e.code()).isEqualTo(ErrorCode.CANCELED);
        assertThat(e).hasMessage("bus is closed");
    }

    @Test
    void noSelectionIsNoServer() {
        // What a selector in Kotlin or without NullAway may do.
        CallOptions options = CallOptions.selecting(Selection.DEFAULT.withSelector(MisuseTest::nobody));

        PsrpcException e = failure(() -> client.request(PICK, Topic.NONE, text("x"), options));

        assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(e).hasMessage("selector chose: null (expected: one of the bids, or an exception)");
    }

    @SuppressWarnings("NullAway")
    private static Bid nobody(List<Bid> bids) {
        return null;
    }

    @Test
    @Rows("C27")
    void aRequestOfAnotherTypeIsNotSent() {
        CallOptions options = CallOptions.DEFAULT.withInterceptor(
                (call, next) -> next.proceed(call.withRequest(Empty.getDefaultInstance())));

        PsrpcException e = failure(() -> client.request(ASK, Topic.NONE, text("x"), options));

        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(e)
                .hasMessage("request of " + ASK + ": google.protobuf.Empty (expected: google.protobuf.StringValue)");
    }

    @Test
    @Rows("C27")
    void aResultOfAnotherTypeIsNotSent() {
        PsrpcException e = failure(() -> client.request(ASK, Topic.NONE, text("other"), CallOptions.DEFAULT));

        assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_RESULT);
        assertThat(e.isFromPeer()).isTrue();
        assertThat(e)
                .hasMessage("result of " + ASK + ": google.protobuf.Empty (expected: google.protobuf.StringValue)");
    }

    @Test
    @Rows("C07")
    void aServerThatDidNotBidIsNotWaitedFor() {
        CallOptions options =
                CallOptions.selecting(Selection.DEFAULT.withSelector(bids -> new Bid("somebody else", 1)));

        PsrpcException e = failure(() -> client.request(PICK, Topic.NONE, text("x"), options));

        assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(e).hasMessage("selector chose: somebody else (expected: one of the bids, or an exception)");
    }

    @Test
    @Rows("C07")
    void aServerThatBidIsChosenByItsIdAlone() {
        CallOptions options = CallOptions.selecting(
                Selection.DEFAULT.withSelector(bids -> new Bid(bids.get(0).serverId(), 7)));

        assertThat(client.request(PICK, Topic.NONE, text("x"), options)).isEqualTo(text("x"));
    }

    @Test
    // What raw types let through.
    @SuppressWarnings({"rawtypes", "unchecked"})
    void anUpdateOfAnotherTypeIsNotSent() {
        MethodDefinition news = NEWS;
        RpcPublisher publisher = RpcPublisher.create(psrpc.bus(), FEED);

        PsrpcException e = failure(() -> publisher.publish(news, Topic.NONE, Empty.getDefaultInstance()));

        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(e).hasMessageContaining("google.protobuf.Empty (expected: google.protobuf.StringValue)");
    }

    @Test
    void aChannelHasAName() {
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> BusChannel.named("")))
                .hasMessage("name: empty (expected: a name)");
        assertThat(BusChannel.named("x").flat()).isEqualTo("x");
    }

    private static PsrpcException failure(ThrowingCallable call) {
        return catchThrowableOfType(PsrpcException.class, call);
    }
}
