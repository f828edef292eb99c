package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.Registration;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Rows("B03")
class SlowSubscriberTest {
    private static final int UPDATES = 500;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void nobodyWaitsForASubscriberThatDoesNotRead(Setting setting) {
        SubscriptionOptions small = SubscriptionOptions.DEFAULT.withCapacity(10);
        try (Network network = Network.threaded(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    var idle = client.subscribe(Depot.ALERTS, Topic.NONE, small);
                    Heard<StringValue> busy = setting.flavour().subscribe(client, Depot.ALERTS)) {
                List<StringValue> sent = publishMany(setting, publisher);

                assertThat(busy.next(UPDATES)).isEqualTo(sent);
                assertThat(idle.dropped()).isEqualTo(UPDATES - 10);
                assertThat(bus.stats().dropped(DropReason.BUFFER_FULL)).isEqualTo(UPDATES - 10);
                assertThat(new Heard.Pulled<>(idle).now()).isEqualTo(sent.subList(UPDATES - 10, UPDATES));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void nobodyWaitsForAListenerThatBlocks(Setting setting) {
        try (Network network = Network.threaded(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    RpcServer server = Depot.server(bus, Depot.WORK, (ctx, request) -> request);
                    Heard<StringValue> busy = setting.flavour().subscribe(client, Depot.ALERTS)) {
                Blocking blocking = new Blocking();
                Registration blocked = Threads.join(
                        client.subscribeAsync(Depot.ALERTS, Topic.NONE, SubscriptionOptions.DEFAULT, blocking));
                List<StringValue> sent = publishMany(setting, publisher);
                Threads.await(blocking.entered);

                assertThat(busy.next(UPDATES)).isEqualTo(sent);
                assertThat(setting.flavour().call(client, Depot.WORK, Depot.text("work")))
                        .isEqualTo(Depot.text("work"));
                blocking.leave.countDown();
                blocked.close();
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BrokerKind.class)
    void aQueuesUpdatesGoToTheMemberThatHasRoom(BrokerKind broker) {
        SubscriptionOptions small = SubscriptionOptions.DEFAULT.withCapacity(10);
        try (Network network = Network.inline(broker);
                RpcPublisher publisher = Depot.publisher(network.process());
                RpcClient client = Depot.client(network.process());
                var full = client.subscribe(Depot.NEWS, Topic.NONE, small);
                var roomy = client.subscribe(Depot.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT)) {
            for (int i = 0; i < 100; i++) {
                publisher.publish(Depot.NEWS, Topic.NONE, Depot.text("news " + i));
            }

            assertThat(new Heard.Pulled<>(full).now()).hasSize(10);
            assertThat(new Heard.Pulled<>(roomy).now()).hasSize(90);
            assertThat(full.dropped() + roomy.dropped()).isZero();
        }
    }

    private static List<StringValue> publishMany(Setting setting, RpcPublisher publisher) {
        List<StringValue> sent = IntStream.range(0, UPDATES)
                .mapToObj(i -> Depot.text("alert " + i))
                .toList();
        sent.forEach(update -> setting.flavour().publish(publisher, Depot.ALERTS, update));
        return sent;
    }

    private static final class Blocking implements SubscriptionListener<StringValue> {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch leave = new CountDownLatch(1);

        @Override
        public void onUpdate(StringValue update) {
            entered.countDown();
            Threads.await(leave);
        }
    }
}
