package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static io.psrpc.testing.behaviours.servers.Outcome.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PublisherOptions;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.Faults;
import io.psrpc.testing.Faults.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Rows("C36")
class StartTest {
    private static final Duration START = Duration.ofSeconds(5);
    private static final ClientOptions OPTIONS =
            ClientOptions.builder().clientId("CLI_1").startTimeout(START).build();
    private static final List<MethodDefinition<StringValue, StringValue>> UNARY =
            List.of(Store.FETCH, Store.WEIGH, Store.LOCK);

    private final AtomicInteger runs = new AtomicInteger();

    private Binding counted(MethodDefinition<StringValue, StringValue> method) {
        return Store.serve(method, (ctx, request) -> {
            runs.incrementAndGet();
            return Store.text("served");
        });
    }

    private Binding[] everything() {
        return new Binding[] {counted(Store.FETCH), counted(Store.WEIGH), counted(Store.LOCK), counted(Store.COUNT)};
    }

    private static MessageBus processBehind(Scene scene, UnaryOperator<BusTransport> wrapping) {
        scene.wrap(wrapping);
        MessageBus process = scene.process();
        scene.wrap(UnaryOperator.identity());
        return process;
    }

    private static MessageBus processWithoutAConnection(Scene scene, Faults way) {
        return processBehind(scene, transport -> {
            BusTransport faulty = way.around(transport);
            way.disconnect();
            return faulty;
        });
    }

    private static CompletableFuture<RpcPublisher> creatingPublisher(MessageBus process) {
        PublisherOptions options =
                PublisherOptions.builder().startTimeout(START).build();
        return Flavour.asideFor(() -> RpcPublisher.create(process, Store.SERVICE, options));
    }

    /** The only timer is that of the start, and what ends at it does not end before. */
    private static void assertFailsWhenStartIsOver(Scene scene, CompletableFuture<?> created, String message) {
        scene.time().awaitTimers(1);
        scene.time().advance(START.minusNanos(1));
        assertThat(created).isNotDone();
        scene.time().advance(Duration.ofNanos(1));

        assertFails(created, ErrorCode.UNAVAILABLE, message + " within PT5S");
    }

    private static CompletableFuture<RpcClient> creating(Scene scene, MessageBus process) {
        return Flavour.asideFor(() -> scene.client(process, OPTIONS));
    }

    @OnEveryBus
    void requestsAreSubscribedToWhenAnswersToClaimsCanBeHeard(Scene scene) {
        HeldConfirmations held = new HeldConfirmations();
        RpcServer server = scene.server(processBehind(scene, held::around), "SRV_1");
        RpcClient client = scene.client(scene.process());
        List<String> grants = scene.network() == Network.NATS_LIKE
                ? List.of("SRV.Store")
                : List.of("Store|Fetch|RCLAIM", "Store|Weigh|RCLAIM");
        held.hold(true);
        CompletableFuture<Registration> registered =
                Flavour.asideFor(() -> server.register(counted(Store.FETCH), counted(Store.WEIGH)));
        scene.time().awaitTimers(1);

        assertThat(held.asked()).containsExactlyElementsOf(grants);
        assertFails(scene.call(client, Store.FETCH, ""), ErrorCode.UNAVAILABLE, "no response from servers");
        held.giveFlights(1);
        assertThat(held.asked()).hasSizeGreaterThan(grants.size());
        assertFails(scene.call(client, Store.FETCH, ""), ErrorCode.UNAVAILABLE, "no response from servers");
        assertThat(registered).isNotDone();
        held.giveFlights(1);

        Outcome.of(registered);
        for (var method : List.of(Store.FETCH, Store.WEIGH)) {
            assertThat(answerOf(scene.call(client, method, "", Scene.FIRST))).isEqualTo("served");
        }
        assertThat(runs).hasValue(2);
    }

    @OnEveryBus
    void aRequestThatComesBeforeItsRegistrationReturnsIsGrantedAndServed(Scene scene) {
        HeldConfirmations held = HeldConfirmations.afterTheirEffect();
        RpcServer server = scene.server(processBehind(scene, held::around), "SRV_1");
        RpcClient client = scene.client(scene.process());
        held.hold(true);
        CompletableFuture<Registration> registered = Flavour.asideFor(() -> server.register(counted(Store.FETCH)));
        scene.time().awaitTimers(1);
        assertFails(scene.call(client, Store.FETCH, ""), ErrorCode.UNAVAILABLE, "no response from servers");
        held.giveFlights(1);

        assertThat(answerOf(scene.call(client, Store.FETCH, ""))).isEqualTo("served");

        assertThat(scene.faults().count(Kind.GRANT)).isEqualTo(1);
        assertThat(registered).isNotDone();
        held.hold(false);
        Outcome.of(registered);
    }

    @OnEveryBus
    void withoutItsConnectionACallFailsAtOnceAndDoesNotRun(Scene scene) {
        scene.server(scene.process(), "SRV_1", everything());
        Faults way = Faults.create();
        MessageBus process = processBehind(scene, way::around);
        RpcClient client = scene.client(process);
        String message = ((EngineBus) process).name() + ": not connected";
        way.disconnect();

        for (var method : UNARY) {
            assertFails(scene.call(client, method, ""), ErrorCode.UNAVAILABLE, message);
            assertFails(
                    scene.call(client, method, "", CallOptions.DEFAULT.withWaitForServer(true)),
                    ErrorCode.UNAVAILABLE,
                    message);
        }
        assertFails(scene.callAll(client, CallOptions.DEFAULT), ErrorCode.UNAVAILABLE, message);

        way.reconnect();
        scene.awaitQuiet();
        assertThat(way.count(Kind.REQUEST)).isZero();
        assertThat(runs).hasValue(0);
        for (var method : UNARY) {
            assertThat(answerOf(scene.call(client, method, "", Scene.FIRST))).isEqualTo("served");
        }
        assertThat(Outcome.of(scene.callAll(client, CallOptions.DEFAULT.withExpectedResponses(1))))
                .hasSize(1);
    }

    @OnEveryBus
    void aClientComesWhenItsChannelsAreConfirmed(Scene scene) {
        scene.server(scene.process(), "SRV_1", everything());
        HeldConfirmations held = new HeldConfirmations();
        MessageBus process = processBehind(scene, held::around);
        held.hold(true);
        CompletableFuture<RpcClient> created = creating(scene, process);
        scene.time().awaitTimers(1);

        assertThat(held.asked()).hasSize(2);
        assertThat(created).isNotDone();
        held.giveFlights(1);

        RpcClient client = Outcome.of(created);
        assertThat(answerOf(scene.call(client, Store.FETCH, ""))).isEqualTo("served");
    }

    @OnEveryBus(flavours = {})
    void aClientThatIsNotConfirmedInTimeIsNoneAndLeavesNothing(Scene scene) {
        HeldConfirmations held = new HeldConfirmations();
        MessageBus process = processBehind(scene, held::around);
        held.hold(true);
        CompletableFuture<RpcClient> created = creating(scene, process);

        assertFailsWhenStartIsOver(
                scene, created, "client CLI_1 of Store: not confirmed by " + ((EngineBus) process).name());
        held.hold(false);
        scene.awaitSubscriptions(process, 0);
    }

    @OnEveryBus(networks = {Network.REDIS_LIKE, Network.NATS_LIKE})
    void aClientThatTheBrokerRefusesAChannelIsNoneAndLeavesNothing(Scene scene) {
        MessageBus process = scene.process();
        for (String channel : List.of("RES", "CLAIM")) {
            scene.broker().refuse(address -> address.endsWith(channel));

            assertThat(failureOf(creating(scene, process)).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);

            scene.awaitSubscriptions(process, 0);
            assertThat(scene.broker().subscribedAddresses()).isEmpty();
        }
    }

    @OnEveryBus
    void whoStartsBeforeTheirConnectionWaitForIt(Scene scene) {
        Faults way = Faults.create();
        MessageBus process = processWithoutAConnection(scene, way);
        RpcServer server = scene.server(process, "SRV_1");
        CompletableFuture<RpcClient> created = creating(scene, process);
        CompletableFuture<Registration> registered = Flavour.asideFor(() -> server.register(everything()));
        scene.time().awaitTimers(2);
        assertThat(created).isNotDone();
        assertThat(registered).isNotDone();

        way.reconnect();

        Outcome.of(registered);
        assertThat(answerOf(scene.call(Outcome.of(created), Store.FETCH, ""))).isEqualTo("served");
    }

    @OnEveryBus(flavours = {})
    void whoStartsWithoutAConnectionFailsAndLeavesNothing(Scene scene) {
        Faults way = Faults.create();
        MessageBus process = processWithoutAConnection(scene, way);
        RpcServer server = scene.server(process, "SRV_1");
        CompletableFuture<RpcClient> created = creating(scene, process);
        CompletableFuture<Registration> registered = Flavour.asideFor(() -> server.register(everything()));
        scene.time().awaitTimers(2);

        scene.time().advance(Duration.ofSeconds(10));

        assertThat(failureOf(created).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(failureOf(registered).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        way.reconnect();
        scene.awaitSubscriptions(process, 0);
    }

    @OnEveryBus(flavours = {})
    void aPublisherThatIsCreatedBeforeTheConnectionWaitsForIt(Scene scene) {
        Faults way = Faults.create();
        MessageBus process = processWithoutAConnection(scene, way);
        RpcClient reader = scene.client(scene.process());
        try (Subscription<StringValue> news = reader.subscribe(Store.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT)) {
            CompletableFuture<Void> published = creatingPublisher(process).thenCompose(publisher -> {
                CompletableFuture<Void> first = publisher.publishAsync(Store.NEWS, Topic.NONE, Store.text("first"));
                publisher.close();
                return first;
            });
            scene.time().awaitTimers(1);
            assertThat(published).isNotDone();

            way.reconnect();

            Outcome.of(published);
            assertThat(news.next()).contains(Store.text("first"));
        }
    }

    @OnEveryBus(flavours = {})
    void aPublisherWithoutAConnectionIsNone(Scene scene) {
        Faults way = Faults.create();
        MessageBus process = processWithoutAConnection(scene, way);
        CompletableFuture<RpcPublisher> created = creatingPublisher(process);

        assertFailsWhenStartIsOver(
                scene, created, "publisher of Store: not connected to " + ((EngineBus) process).name());
    }

    @OnEveryBus(flavours = {})
    void aPublisherOnAClosedBusIsNone(Scene scene) {
        MessageBus process = scene.process();
        process.close();

        assertFails(creatingPublisher(process), ErrorCode.CANCELED, "bus is closed");
    }
}
