package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages larger than the broker takes; the in-process broker takes any. */
@Rows("B12")
class TooLargeTest {
    private static final int LIMIT = 4 << 10;
    private static final StringValue LARGE = Depot.text("x".repeat(LIMIT));
    private static final StringValue SMALL = Depot.text("small");
    private static final CallOptions ONE_ANSWER = CallOptions.DEFAULT.withExpectedResponses(1);

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#fakes")
    void whoeverPublishesLearnsOfIt(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcServer server = serving(network.process(), (ctx, request) -> request)) {
            network.fake().maxFrameBytes(LIMIT);
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    RpcPublisher publisher = Depot.publisher(bus)) {
                int before = network.fake().published(address -> true);
                List<PsrpcException> failures = List.of(
                        setting.flavour().failure(client, Depot.WORK, LARGE),
                        setting.flavour().failure(client, Depot.PICK, LARGE),
                        setting.flavour().failure(client, Depot.SOLO, LARGE),
                        Threads.failure(() -> all(setting, client, LARGE)),
                        Threads.failure(() -> setting.flavour().publish(publisher, Depot.ALERTS, LARGE)),
                        Threads.failure(() -> setting.flavour().publish(publisher, Depot.NEWS, LARGE)),
                        Threads.failure(bus.publish(BusChannel.named("own"), LARGE)));

                assertThat(failures).allSatisfy(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
                    assertThat(failure.isFromPeer()).isFalse();
                    assertThat(failure.getMessage())
                            .matches("message: 4\\d{3} bytes \\(expected: at most 4096 on " + setting.broker()
                                    + " \\d\\)");
                });
                assertThat(network.fake().published(address -> true)).isEqualTo(before);
                assertThat(bus.stats().pendingPublishBytes()).isZero();
                assertThat(setting.flavour().call(client, Depot.WORK, SMALL)).isEqualTo(SMALL);
                assertThat(all(setting, client, SMALL)).hasSize(1);
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    /** A connection may come back to a broker that is set up otherwise. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#fakes")
    void theLimitIsTheBrokersOfTheMoment(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcServer server = serving(network.process(), (ctx, request) -> request);
                RpcClient client = Depot.client(network.process())) {
            assertThat(setting.flavour().call(client, Depot.WORK, LARGE)).isEqualTo(LARGE);
            network.fake().disconnectAll();
            network.fake().maxFrameBytes(LIMIT);
            network.fake().reconnectAll();
            assertThat(setting.flavour().failure(client, Depot.WORK, LARGE).code())
                    .isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
            network.fake().maxFrameBytes(2 * LIMIT);

            assertThat(setting.flavour().call(client, Depot.WORK, LARGE)).isEqualTo(LARGE);
            assertThat(server.serverId()).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#fakes")
    void whatBecomesSmallEnoughByCompressionGoes(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcServer server = serving(
                        network.process(),
                        (ctx, request) -> Depot.text("" + request.getValue().length()))) {
            network.fake().maxFrameBytes(LIMIT);
            MessageBus bus = network.process(options -> options.compressAbove(1024));
            try (RpcClient client = Depot.client(bus)) {
                assertThat(setting.flavour().call(client, Depot.WORK, LARGE)).isEqualTo(Depot.text("4096"));
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#fakes")
    void aServersResultIsAnsweredWithAnError(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcServer server = serving(network.process(), (ctx, request) -> LARGE);
                RpcClient client = Depot.client(network.process())) {
            network.fake().maxFrameBytes(LIMIT);

            assertThat(answers(network, setting, client)).hasSize(4).allSatisfy(failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
                assertThat(failure.serverId()).contains(server.serverId());
                assertThat(failure.getMessage())
                        .matches("response: message: 4\\d{3} bytes \\(expected: at most 4096 on " + setting.broker()
                                + " 1\\)");
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#fakes")
    void aServersErrorIsCutAndKeepsItsCode(Setting setting) {
        PsrpcException error = ErrorCode.NOT_FOUND.error("no such thing").withDetails(LARGE);
        try (Network network = Network.inline(setting.broker());
                RpcServer server = serving(network.process(), (ctx, request) -> {
                    throw error;
                });
                RpcClient client = Depot.client(network.process())) {
            network.fake().maxFrameBytes(LIMIT);

            assertThat(answers(network, setting, client)).hasSize(4).allSatisfy(failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
                assertThat(failure).hasMessage("no such thing (too large: cut, and sent without details)");
                assertThat(failure.details()).isEmpty();
                assertThat(failure.serverId()).contains(server.serverId());
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#fakes")
    void anErrorsLongTextIsCut(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcServer server = serving(network.process(), (ctx, request) -> {
                    throw ErrorCode.NOT_FOUND.error("é".repeat(2 * LIMIT));
                });
                RpcClient client = Depot.client(network.process())) {
            network.fake().maxFrameBytes(LIMIT);

            assertThat(answers(network, setting, client)).hasSize(4).allSatisfy(failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
                assertThat(failure.getMessage())
                        .startsWith("ééé")
                        .endsWith(" (too large: cut, and sent without details)");
            });
            assertThat(server.serverId()).isNotEmpty();
        }
    }

    /** What each kind of call is answered. */
    private static List<PsrpcException> answers(Network network, Setting setting, RpcClient client) {
        List<PsrpcException> failures = new ArrayList<>();
        failures.add(setting.flavour().failure(client, Depot.WORK, SMALL));
        failures.add(setting.flavour().failure(client, Depot.SOLO, SMALL));
        CompletableFuture<StringValue> pick = setting.flavour().start(client, Depot.PICK, SMALL, CallOptions.DEFAULT);
        network.time().advance(Duration.ofMillis(200));
        failures.add(Threads.failure(pick));
        all(setting, client, SMALL)
                .forEach(answer -> failures.add(answer.error().orElseThrow()));
        return failures;
    }

    private static List<Response<StringValue>> all(Setting setting, RpcClient client, StringValue request) {
        if (setting.flavour() == Flavour.ASYNC) {
            return Threads.join(client.requestAllAsync(Depot.COUNT, Topic.NONE, request, ONE_ANSWER, response -> {}));
        }
        return Threads.join(Threads.run(() ->
                client.requestAll(Depot.COUNT, Topic.NONE, request, ONE_ANSWER).toList()));
    }

    /** A server of a method of each routing. */
    private static RpcServer serving(MessageBus bus, UnaryHandler<StringValue, StringValue> handler) {
        RpcServer server = RpcServer.create(bus, Depot.all(), ServerOptions.DEFAULT);
        for (MethodDefinition<StringValue, StringValue> method :
                List.of(Depot.WORK, Depot.PICK, Depot.SOLO, Depot.COUNT)) {
            server.register(Binding.unary(method, Topic.NONE, handler));
        }
        return server;
    }
}
