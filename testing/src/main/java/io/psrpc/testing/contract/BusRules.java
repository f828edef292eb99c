package io.psrpc.testing.contract;

import static io.psrpc.testing.contract.ContractService.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Responses;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What users get from a bus over the transport. */
abstract class BusRules extends OutageRules {
    private static final int MANY = 2_000;

    BusRules() {}

    private ContractService service() {
        return new ContractService(stage().name("Depot"));
    }

    /** A blocking call, within the test's patience. */
    private String call(RpcClient client, MethodDefinition<StringValue, StringValue> method, String text) {
        CallOptions options = CallOptions.timeout(patience());
        return stage().witness()
                .await(
                        stage().run(() -> client.request(method, Topic.NONE, text(text), options)),
                        "a call of " + method)
                .getValue();
    }

    private <T> T waited(CompletableFuture<T> future, String what) {
        return stage().witness().await(future, what);
    }

    private List<String> next(Subscription<StringValue> subscription, int count) {
        return waited(
                stage().run(() -> {
                    List<String> updates = new ArrayList<>();
                    while (updates.size() < count) {
                        updates.add(subscription.next().orElseThrow().getValue());
                    }
                    return updates;
                }),
                count + " updates");
    }

    private static Subscription<StringValue> subscribe(RpcClient client, MethodDefinition<?, StringValue> method) {
        return client.subscribe(method, Topic.NONE, SubscriptionOptions.DEFAULT);
    }

    private void publish(RpcPublisher publisher, MethodDefinition<?, StringValue> method, String text) {
        waited(publisher.publishAsync(method, Topic.NONE, text(text)), "publishing " + text);
    }

    @Test
    void callsOfEveryRoutingAreAnswered() {
        ContractService depot = service();
        try (RpcClient client = depot.client(stage().bus());
                RpcServer one = depot.server(stage().bus(), "one", depot.work, depot.pick, depot.count);
                RpcServer two = depot.server(stage().bus(), "two", depot.work, depot.pick, depot.count)) {
            for (int i = 0; i < 20; i++) {
                assertTrue(call(client, depot.work, "call " + i).endsWith(": call " + i), "the answer of a queue call");
                assertTrue(call(client, depot.pick, "call " + i).endsWith(": call " + i), "the answer of the best");
            }
            CallOptions both = CallOptions.timeout(patience()).withExpectedResponses(2);
            Set<String> answers = waited(
                    stage().run(() -> {
                        Set<String> texts = new TreeSet<>();
                        try (Responses<StringValue> all =
                                client.requestAll(depot.count, Topic.NONE, text("all"), both)) {
                            all.forEach(response -> texts.add(response.orThrow().getValue()));
                        }
                        return texts;
                    }),
                    "a multi call");
            assertEquals(Set.of("one: all", "two: all"), answers, "the answers of a multi call");
            assertEquals(Set.of("one", "two"), Set.of(one.serverId(), two.serverId()));
        }
    }

    @Test
    void methodsAndUpdatesOfOneServiceShareItsAddressesInPeace() {
        ContractService depot = service();
        MessageBus calling = stage().bus();
        try (RpcClient client = depot.client(calling);
                RpcPublisher publisher = depot.publisher(calling);
                RpcServer server = depot.server(stage().bus(), "one", depot.work);
                RpcClient listening = depot.client(stage().bus());
                Subscription<StringValue> news = subscribe(listening, depot.news)) {
            for (int i = 0; i < 50; i++) {
                assertEquals("one: call " + i, call(client, depot.work, "call " + i));
                publish(publisher, depot.news, "news " + i);
            }

            Expected.inAnyOrder(
                    IntStream.range(0, 50).mapToObj(i -> "news " + i).toList(), next(news, 50), "updates");
            assertEquals("one", server.serverId());
        }
    }

    @Test
    void whoSubscribesGetsWhatIsPublishedThen() {
        ContractService depot = service();
        MessageBus bus = stage().bus();
        try (RpcPublisher publisher = depot.publisher(stage().bus());
                RpcClient client = depot.client(bus)) {
            for (int i = 0; i < 50; i++) {
                try (Subscription<StringValue> alerts = subscribe(client, depot.alerts);
                        Subscription<StringValue> news = subscribe(client, depot.news)) {
                    publish(publisher, depot.alerts, "alert " + i);
                    publish(publisher, depot.news, "news " + i);

                    assertEquals(List.of("alert " + i), next(alerts, 1));
                    assertEquals(List.of("news " + i), next(news, 1));
                }
            }
            assertEquals(Map.of(), new TreeMap<>(bus.stats().dropped()), "dropped");
        }
    }

    @Test
    void aClosedSubscriptionWakesItsReaderAndGetsNoMore() {
        ContractService depot = service();
        try (RpcPublisher publisher = depot.publisher(stage().bus());
                RpcClient client = depot.client(stage().bus());
                Subscription<StringValue> other = subscribe(client, depot.alerts)) {
            Subscription<StringValue> closing = subscribe(client, depot.alerts);
            CompletableFuture<Boolean> reading =
                    stage().run(() -> closing.next().isEmpty());
            closing.close();
            publish(publisher, depot.alerts, "after");

            assertEquals(List.of("after"), next(other, 1));
            assertTrue(waited(reading, "a reader of the closed subscription"), "read after close: an update");
            assertTrue(closing.next(Duration.ZERO).isEmpty(), "read after close: an update");
        }
    }

    @Test
    void aSlowSubscriberHoldsUpNoOther() {
        ContractService depot = service();
        try (RpcPublisher publisher = depot.publisher(stage().bus());
                RpcClient client = depot.client(stage().bus());
                Subscription<StringValue> slow =
                        client.subscribe(depot.alerts, Topic.NONE, SubscriptionOptions.DEFAULT.withCapacity(1));
                Subscription<StringValue> quick =
                        client.subscribe(depot.alerts, Topic.NONE, SubscriptionOptions.DEFAULT.withCapacity(MANY))) {
            for (int i = 0; i < MANY; i++) {
                publish(publisher, depot.alerts, "alert " + i);
            }

            Expected.inOrder(
                    IntStream.range(0, MANY).mapToObj(i -> "alert " + i).toList(), next(quick, MANY), "updates");
            assertTrue(slow.dropped() > 0, "dropped by a subscription that nobody reads: nothing");
        }
    }

    @Test
    void manySubscribersOfOneProcessShareAQueue() {
        ContractService depot = service();
        MessageBus bus = stage().bus();
        int members = 5;
        try (RpcPublisher publisher = depot.publisher(stage().bus());
                RpcClient client = depot.client(bus)) {
            List<Subscription<StringValue>> subscribers = IntStream.range(0, members)
                    .mapToObj(i -> subscribe(client, depot.news))
                    .toList();
            for (int i = 0; i < 4 * members; i++) {
                publish(publisher, depot.news, "news " + i);
            }
            List<String> all = new ArrayList<>();
            subscribers.forEach(subscriber -> all.addAll(next(subscriber, 4)));

            Expected.inAnyOrder(
                    IntStream.range(0, 4 * members).mapToObj(i -> "news " + i).toList(), all, "updates of all");
            subscribers.forEach(Subscription::close);
        }
    }

    @Test
    void compressedMessagesArrive() {
        ContractService depot = service();
        String large = "psrpc ".repeat(10_000);
        BusOptions compressing = BusOptions.builder().compressAbove(1024).build();
        try (RpcClient client = depot.client(stage().bus(compressing));
                RpcServer server = depot.server(stage().bus(compressing), "one", depot.work)) {
            assertEquals("one: " + large, call(client, depot.work, large), "the answer");
            assertEquals("one", server.serverId());
        }
    }

    /** What does not parse, or is not what its channel carries, is counted; everything else goes on. */
    @Test
    void hostileFramesAreDroppedAndCounted() {
        ContractService depot = service();
        Party stranger = stage().party();
        MessageBus serving = stage().bus();
        try (RpcClient client = depot.client(stage().bus());
                RpcServer server = depot.server(serving, "one", depot.work)) {
            BusChannel requests = ChannelNames.requests(WireProfile.CURRENT, depot.name(), "Work", List.of(), true);
            String address = stranger.transport().address(requests);
            List<String> hostile = List.of(
                    "\u0000",
                    "\n\u00ff\u00ff\u00ff\u00ff\u000f\u0001",
                    "x".repeat(100_000),
                    HostileFrames.ofWrongType(requests.key()),
                    HostileFrames.truncated(requests.key()),
                    HostileFrames.nested(requests.key()),
                    HostileFrames.withEndlessId(requests.key()));
            hostile.forEach(frame -> stranger.publish(address, frame).awaitPublished());

            assertEquals("one: after", call(client, depot.work, "after"));
            Map<DropReason, Long> dropped = serving.stats().dropped();
            long counted = dropped.values().stream().mapToLong(Long::longValue).sum();
            assertEquals(hostile.size(), counted, () -> "frames dropped: " + dropped);
            assertEquals("one", server.serverId());
        }
    }

    @Test
    void aPublishThatCannotBeIsItsCallersFailure() {
        MessageBus bus = stage().bus();
        BusChannel own = BusChannel.named(stage().name("own"));
        waited(stage().run(() -> bus.subscribe(own, text(""), SubscriptionOptions.DEFAULT)), "subscribing");
        waited(bus.publish(own, text("x")), "publishing");
        bus.close();

        Throwable failure =
                waited(bus.publish(own, text("x")).handle((done, why) -> why), "publishing on a closed bus");

        assertTrue(failure instanceof PsrpcException, () -> "failure: " + failure + " (expected: a PsrpcException)");
    }
}
