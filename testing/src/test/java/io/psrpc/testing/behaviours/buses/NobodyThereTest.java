package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.MessageBus;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.transports.Forwarding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That nobody is there is told after the publish. A transport that tells so before, or too late, does no harm. */
@Rows("C23")
class NobodyThereTest {
    private static final StringValue TEXT = Depot.text("text");

    /** When a transport tells that nobody is there. */
    private enum Order {
        AFTER_PUBLISHED,
        BEFORE_PUBLISHED,
        TWICE,
        INSTEAD_OF_A_COUNT
    }

    /** A flavour of the API, over a transport of one of these orders. */
    private record Told(Flavour flavour, Order order) {
        @Override
        public String toString() {
            return flavour + ", " + order;
        }
    }

    private static Stream<Told> all() {
        return Stream.of(Flavour.values())
                .flatMap(flavour -> Stream.of(Order.values()).map(order -> new Told(flavour, order)));
    }

    /** Finds nobody, whoever is there, and delivers nothing. */
    private static final class Lonely extends Forwarding {
        private final Order order;

        Lonely(BusTransport transport, Order order) {
            super(transport);
            this.order = order;
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            switch (order) {
                case AFTER_PUBLISHED -> {
                    listener.onPublished(PublishListener.UNKNOWN);
                    listener.onNobodyThere();
                }
                case BEFORE_PUBLISHED -> {
                    listener.onNobodyThere();
                    listener.onPublished(PublishListener.UNKNOWN);
                }
                case TWICE -> {
                    listener.onNobodyThere();
                    listener.onPublished(0);
                    listener.onNobodyThere();
                }
                case INSTEAD_OF_A_COUNT -> {
                    listener.onPublished(1);
                    listener.onNobodyThere();
                }
            }
        }
    }

    /** Tells that nobody is there when the test says so. */
    private static final class Late extends Forwarding {
        private final Queue<PublishListener> waiting = new ArrayDeque<>();

        Late(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            waiting.add(listener);
            transport.publish(frame, listener);
        }

        void tell() {
            waiting.forEach(PublishListener::onNobodyThere);
            waiting.clear();
        }
    }

    @ParameterizedTest(name = "local, {0}")
    @MethodSource("all")
    void callsEndAtOnceInWhateverOrderTheyAreTold(Told told) {
        try (Network network = Network.inline(BrokerKind.LOCAL)) {
            MessageBus bus = network.processAround(transport -> new Lonely(transport, told.order));
            try (RpcClient client = Depot.client(bus)) {
                for (MethodDefinition<StringValue, StringValue> method : List.of(Depot.WORK, Depot.PICK, Depot.SOLO)) {
                    PsrpcException failure = told.flavour.failure(client, method, TEXT);

                    assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(failure).hasMessage("no response from servers");
                }
                assertThat(all(told.flavour, client)).isEmpty();
                assertThat(bus.stats().pendingPublishes()).isZero();
                assertThat(bus.stats().pendingPublishBytes()).isZero();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void whatIsToldTooLateChangesNothing(Setting setting) {
        Late[] late = new Late[1];
        try (Network network = Network.inline(setting.broker());
                RpcServer server = Depot.server(network.process(), Depot.PICK, (ctx, request) -> {
                    late[0].tell();
                    return request;
                })) {
            MessageBus bus = network.processAround(transport -> {
                late[0] = new Late(transport);
                return late[0];
            });
            try (RpcClient client = Depot.client(bus)) {
                CompletableFuture<StringValue> call =
                        setting.flavour().start(client, Depot.PICK, TEXT, CallOptions.DEFAULT);
                // The handler tells of the request, when a server has been chosen; then there is the grant to tell of.
                network.time().advance(Duration.ofMillis(200));
                late[0].tell();

                assertThat(Threads.join(call)).isEqualTo(TEXT);
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    private static List<Response<StringValue>> all(Flavour flavour, RpcClient client) {
        if (flavour == Flavour.ASYNC) {
            return Threads.join(
                    client.requestAllAsync(Depot.COUNT, Topic.NONE, TEXT, CallOptions.DEFAULT, response -> {}));
        }
        return Threads.join(Threads.run(() -> {
            try (Responses<StringValue> responses =
                    client.requestAll(Depot.COUNT, Topic.NONE, TEXT, CallOptions.DEFAULT)) {
                List<Response<StringValue>> answers = responses.toList();
                assertThat(responses.end()).isEqualTo(Responses.End.NOBODY_THERE);
                return answers;
            }
        }));
    }
}
