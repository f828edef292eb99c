package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.Faults.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Rows("B11")
class PublishFailureTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void whoeverPublishesLearnsOfTheFailure(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcServer server = Depot.server(network.process(), Depot.WORK, (ctx, request) -> request)) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    RpcPublisher publisher = Depot.publisher(bus)) {
                network.faults().failPublish(Kind.REQUEST, 1).failPublish(Kind.UPDATE, 1);

                PsrpcException call = setting.flavour().failure(client, Depot.WORK, Depot.text("work"));
                PsrpcException multi = failureOfMulti(setting, client);
                PsrpcException update =
                        Threads.failure(() -> setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("alert")));
                PsrpcException own = Threads.failure(bus.publish(BusChannel.named("own"), Depot.text("own")));

                assertThat(new PsrpcException[] {call, multi, update, own}).allSatisfy(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
                    assertThat(failure).hasMessageEndingWith("publish failed on purpose");
                    assertThat(failure.isFromPeer()).isFalse();
                });
                network.faults().clear();
                assertThat(setting.flavour().call(client, Depot.WORK, Depot.text("work")))
                        .isEqualTo(Depot.text("work"));
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void withoutAConnectionItIsUnavailableAtOnce(Setting setting) {
        AtomicInteger runs = new AtomicInteger();
        try (Network network = Network.inline(setting.broker());
                RpcServer server = Depot.server(network.process(), Depot.WORK, (ctx, request) -> {
                    runs.incrementAndGet();
                    return request;
                })) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    RpcPublisher publisher = Depot.publisher(bus)) {
                network.faults().disconnect();

                PsrpcException call = setting.flavour().failure(client, Depot.WORK, Depot.text("work"));
                PsrpcException multi = failureOfMulti(setting, client);
                PsrpcException update =
                        Threads.failure(() -> setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("alert")));
                PsrpcException own = Threads.failure(bus.publish(BusChannel.named("own"), Depot.text("own")));
                network.faults().reconnect();

                assertThat(new PsrpcException[] {call, multi, update, own}).allSatisfy(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(failure).hasMessageEndingWith("not connected");
                });
                assertThat(runs).hasValue(0);
                setting.flavour().call(client, Depot.WORK, Depot.text("work"));
                assertThat(runs).hasValue(1);
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    /** A transport that throws breaks its contract, and still nobody waits for ever. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(BrokerKind.class)
    void aTransportThatThrowsFailsThePublishWithItsCause(BrokerKind broker) {
        IllegalStateException broken = new IllegalStateException("broken");
        try (Network network = Network.inline(broker)) {
            MessageBus bus = network.processAround(transport -> new Tampered(transport, frame -> {
                throw broken;
            }));
            PsrpcException own = Threads.failure(bus.publish(BusChannel.named("own"), Depot.text("own")));

            assertThat(own.code()).isEqualTo(ErrorCode.INTERNAL);
            assertThat(own).hasRootCause(broken);
            assertThat(bus.stats().pendingPublishBytes()).isZero();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aGrantThatCannotBeSentEndsTheCall(Setting setting) {
        AtomicInteger runs = new AtomicInteger();
        try (Network network = Network.inline(setting.broker());
                RpcClient client = Depot.client(network.process())) {
            MessageBus serving = network.process();
            try (RpcServer server = Depot.server(serving, Depot.WORK, (ctx, request) -> {
                runs.incrementAndGet();
                return request;
            })) {
                network.faults().failNextPublish(Kind.GRANT, 1);

                PsrpcException call = setting.flavour().failure(client, Depot.WORK, Depot.text("work"));

                assertThat(call.code()).isEqualTo(ErrorCode.INTERNAL);
                assertThat(call).hasMessageEndingWith("publish failed on purpose");
                assertThat(runs).hasValue(0);
                network.time().advance(java.time.Duration.ofSeconds(3));
                assertThat(serving.stats().dropped(DropReason.EXPIRED)).isZero();
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    private static PsrpcException failureOfMulti(Setting setting, RpcClient client) {
        StringValue request = Depot.text("count");
        if (setting.flavour() == Flavour.ASYNC) {
            return Threads.failure(
                    client.requestAllAsync(Depot.COUNT, Topic.NONE, request, CallOptions.DEFAULT, response -> {}));
        }
        return Threads.failure(
                Threads.run(() -> client.requestAll(Depot.COUNT, Topic.NONE, request, CallOptions.DEFAULT)
                        .toList()));
    }
}
