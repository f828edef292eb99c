package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static io.psrpc.testing.behaviours.servers.Outcome.assertIs;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Response;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import io.psrpc.testing.Faults.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;

/** Servers that serve one request at a time; some are at it. */
@Timeout(60)
@Rows("C38")
class OverloadTest {
    /** So long a full server leaves a request to others, where it is theirs by a lock. */
    private static final Duration COURTESY = Duration.ofMillis(20);

    private static final Duration SELECTION = Duration.ofSeconds(1);
    private static final int CALLS = 4;
    private static final String HANDED_ON = "KEY.Store.Fetch.REQ";

    /** The servers of a scene, each in a process of its own or all in one, and a client. */
    private static final class Crew implements AutoCloseable {
        final RpcClient client;
        private final Scene scene;
        private final List<MessageBus> processes;
        private final Gate gate = new Gate();
        private final List<CompletableFuture<StringValue>> filling = new ArrayList<>();
        private final List<RpcServer> servers = new ArrayList<>();

        Crew(Scene scene, ServiceDefinition service, MessageBus... processes) {
            this.scene = scene;
            this.processes = List.of(processes);
            for (MessageBus process : processes) {
                String id = "SRV_" + (servers.size() + 1);
                ServerOptions.Builder options =
                        ServerOptions.builder().serverId(id).maxConcurrentRequests(1);
                servers.add(scene.server(process, service, options, serving(id)));
            }
            client = scene.client(scene.process());
        }

        static Crew ofTwo(Scene scene) {
            return new Crew(scene, Store.SERVICE, scene.process(), scene.process());
        }

        private Binding[] serving(String id) {
            return new Binding[] {
                Store.answer(Store.FETCH, id),
                Store.answer(Store.WEIGH, id),
                Store.answer(Store.COUNT, id),
                Binding.unary(Store.AISLE_LOCK, Topic.of(id), (ctx, request) -> {
                    gate.pass();
                    return Store.text("done");
                })
            };
        }

        /** Keeps a server at a request. */
        void fill(String id) {
            filling.add(scene.callOn(id, client, Store.AISLE_LOCK));
            gate.await(filling.size());
        }

        /** Nobody is kept at a request any more. */
        void release() {
            gate.open();
            for (CompletableFuture<StringValue> call : filling) {
                assertThat(answerOf(call)).isEqualTo("done");
            }
            awaitServing(0);
        }

        /** So many requests are served. */
        void awaitServing(int requests) {
            scene.await(requests + " served", () -> scene.inventory().handlers() == requests);
        }

        CompletableFuture<StringValue> fetch() {
            return scene.call(client, Store.FETCH, "");
        }

        /** Each call is answered by the one, while the other is kept at its request. */
        void assertAnsweredBy(String id) {
            for (int i = 0; i < CALLS; i++) {
                assertThat(answerOf(fetch())).isEqualTo(id);
                awaitServing(1);
            }
        }

        long refused() {
            return processes.stream()
                    .distinct()
                    .mapToLong(process -> scene.dropped(process, DropReason.OVER_LIMIT))
                    .sum();
        }

        @Override
        public void close() {
            release();
            scene.time().advance(COURTESY);
            servers.forEach(RpcServer::close);
        }
    }

    private static String full(String id) {
        return "requests at server " + id + ": 1 (its maxConcurrentRequests)";
    }

    @OnEveryBus
    void affinityMethodsStaySilent(Scene scene) {
        try (Crew crew = Crew.ofTwo(scene)) {
            crew.fill("SRV_1");

            for (int i = 0; i < CALLS; i++) {
                assertThat(answerOf(scene.call(crew.client, Store.WEIGH, "", Scene.FIRST)))
                        .isEqualTo("SRV_2");
                crew.awaitServing(1);
            }

            assertThat(scene.faults().count(Kind.CLAIM)).isEqualTo(CALLS);
            assertThat(crew.refused()).isEqualTo(CALLS);
            crew.fill("SRV_2");
            CompletableFuture<StringValue> call = scene.call(crew.client, Store.WEIGH, "");
            scene.await("both silent", () -> crew.refused() == CALLS + 2);
            scene.time().advance(SELECTION);
            assertFails(call, ErrorCode.UNAVAILABLE, "no response from servers");
            assertThat(scene.faults().count(Kind.CLAIM)).isEqualTo(CALLS);
        }
    }

    @OnEveryBus(networks = Network.LOCAL)
    void aQueueRequestIsPassedToAPeerWithRoom(Scene scene) {
        try (Crew crew = Crew.ofTwo(scene)) {
            crew.fill("SRV_1");

            crew.assertAnsweredBy("SRV_2");
        }
    }

    @OnEveryBus
    void aQueueRequestGoesToAServerOfTheSameProcessThatHasRoom(Scene scene) {
        MessageBus process = scene.process();
        try (Crew crew = new Crew(scene, Store.SERVICE, process, process)) {
            crew.fill("SRV_1");

            crew.assertAnsweredBy("SRV_2");

            assertThat(crew.refused()).isZero();
        }
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void theLockOfAQueueRequestIsLeftToAPeerWithRoom(Scene scene) {
        try (Crew crew = Crew.ofTwo(scene)) {
            crew.fill("SRV_1");
            int asked = scene.redis().locksAsked();

            crew.assertAnsweredBy("SRV_2");

            assertThat(scene.redis().locksAsked()).isEqualTo(asked + CALLS);
            scene.time().advance(COURTESY.minusNanos(1));
            assertThat(scene.redis().locksAsked()).isEqualTo(asked + CALLS);
            scene.time().advance(Duration.ofNanos(1));
            assertThat(scene.redis().locksAsked()).isEqualTo(asked + 2 * CALLS);
            assertThat(crew.refused()).isZero();
        }
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void aQueueRequestIsHandedOnUntilItComesToAPeer(Scene scene) {
        for (ServiceDefinition service : List.of(Store.SERVICE, Store.SMALL_SERVICE)) {
            int before = scene.broker().published(HANDED_ON);
            try (Crew crew = new Crew(scene, service, scene.process(), scene.process())) {
                crew.fill("SRV_1");

                crew.assertAnsweredBy("SRV_2");

                // Every other request comes to the full server, and so does every other one that it hands on.
                assertThat(scene.broker().published(HANDED_ON) - before).isEqualTo(CALLS);
            }
        }
    }

    @OnEveryBus(networks = {Network.LOCAL, Network.REDIS_LIKE})
    void aQueueRequestThatNobodyTakesIsAnsweredAfterAWhile(Scene scene) {
        try (Crew crew = Crew.ofTwo(scene)) {
            crew.fill("SRV_1");
            crew.fill("SRV_2");
            int timers = scene.time().pendingTimers();
            CompletableFuture<StringValue> call = crew.fetch();
            scene.time().awaitTimers(timers + (scene.network() == Network.LOCAL ? 2 : 3));

            scene.time().advance(COURTESY.minusNanos(1));
            assertThat(call).isNotDone();
            scene.time().advance(Duration.ofNanos(1));

            assertThat(Outcome.failureOf(call).code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
            assertThat(crew.refused()).isEqualTo(1);
        }
    }

    @OnEveryBus(networks = {Network.LOCAL, Network.REDIS_LIKE})
    void aQueueRequestIsServedByWhoHasRoomAfterAWhile(Scene scene) {
        try (Crew crew = Crew.ofTwo(scene)) {
            crew.fill("SRV_1");
            crew.fill("SRV_2");
            int timers = scene.time().pendingTimers();
            CompletableFuture<StringValue> call = crew.fetch();
            scene.time().awaitTimers(timers + (scene.network() == Network.LOCAL ? 2 : 3));
            crew.release();

            scene.time().advance(COURTESY);

            assertThat(answerOf(call)).isIn("SRV_1", "SRV_2");
            assertThat(crew.refused()).isZero();
        }
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void aQueueRequestThatNobodyHasRoomForIsAnsweredAtOnce(Scene scene) {
        try (Crew crew = Crew.ofTwo(scene)) {
            crew.fill("SRV_1");
            crew.fill("SRV_2");

            for (int i = 0; i < CALLS; i++) {
                assertThat(Outcome.failureOf(crew.fetch()).code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
            }
        }
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void aQueueRequestThatComesBackToItsOnlyServerIsAnswered(Scene scene) {
        try (Crew crew = new Crew(scene, Store.SERVICE, scene.process())) {
            crew.fill("SRV_1");

            assertFails(crew.fetch(), ErrorCode.RESOURCE_EXHAUSTED, full("SRV_1"));

            assertThat(scene.broker().published(HANDED_ON)).isEqualTo(3);
        }
    }

    @OnEveryBus
    void aMultiCallIsAnsweredAtOnceByWhoHasNoRoomToo(Scene scene) {
        try (Crew crew = Crew.ofTwo(scene)) {
            crew.fill("SRV_1");

            List<Response<StringValue>> answers =
                    Outcome.of(scene.callAll(crew.client, CallOptions.DEFAULT.withExpectedResponses(2)));

            assertThat(answers).extracting(Response::serverId).containsExactlyInAnyOrder("SRV_1", "SRV_2");
            for (Response<StringValue> answer : answers) {
                if (answer instanceof Response.Failure<StringValue> failure) {
                    assertThat(failure.serverId()).isEqualTo("SRV_1");
                    assertIs(failure.cause(), ErrorCode.RESOURCE_EXHAUSTED, full("SRV_1"));
                } else {
                    assertThat(answer).isEqualTo(new Response.Success<>("SRV_2", Store.text("SRV_2")));
                }
            }
        }
    }
}
