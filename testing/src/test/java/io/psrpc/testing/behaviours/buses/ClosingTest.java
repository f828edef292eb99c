package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClosingTest {
    private static final int TOPICS = 200;

    @Rows("B02")
    @ParameterizedTest(name = "{0}, async")
    @EnumSource(BrokerKind.class)
    void aListenerHearsNothingAfterItsSubscriptionIsClosed(BrokerKind broker) {
        try (Network network = Network.threaded(broker);
                RpcClient client = Depot.client(network.process());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            AtomicBoolean publishing = new AtomicBoolean(true);
            AtomicInteger late = new AtomicInteger();
            CompletableFuture<Void> publishers = Threads.run(() -> {
                while (publishing.get()) {
                    publisher.publish(Depot.ALERTS, Topic.NONE, Depot.text("alert"));
                }
                return null;
            });
            for (int i = 0; i < 50; i++) {
                Watching watching = new Watching(late);
                Registration registration = Threads.join(
                        client.subscribeAsync(Depot.ALERTS, Topic.NONE, SubscriptionOptions.DEFAULT, watching));
                Threads.await(watching.first);
                registration.close();
                watching.isClosed.set(true);
            }
            publishing.set(false);
            Threads.join(publishers);

            assertThat(late).hasValue(0);
        }
    }

    @Rows("B02")
    @ParameterizedTest(name = "{0}, blocking")
    @EnumSource(BrokerKind.class)
    void aBlockedReaderWakes(BrokerKind broker) {
        try (Network network = Network.threaded(broker);
                RpcClient client = Depot.client(network.process())) {
            Subscription<StringValue> alerts = client.subscribe(Depot.ALERTS, Topic.NONE, SubscriptionOptions.DEFAULT);
            Subscription<StringValue> timed = client.subscribe(Depot.ALERTS, Topic.NONE, SubscriptionOptions.DEFAULT);
            CompletableFuture<Optional<StringValue>> read = Threads.run(alerts::next);
            CompletableFuture<Optional<StringValue>> readTimed = Threads.run(() -> timed.next(Duration.ofHours(1)));
            network.time().awaitTimers(1);

            alerts.close();
            timed.close();

            assertThat(Threads.join(read)).isEmpty();
            assertThat(Threads.join(readTimed)).isEmpty();
            assertThat(alerts.isClosed()).isTrue();
            assertThat(alerts.next()).isEmpty();
        }
    }

    @Rows("B02")
    @ParameterizedTest(name = "{0}, blocking")
    @EnumSource(BrokerKind.class)
    void aFullBufferDoesNotBlockTheClosing(BrokerKind broker) {
        for (Overflow overflow : Overflow.values()) {
            SubscriptionOptions options =
                    SubscriptionOptions.DEFAULT.withCapacity(1).withOverflow(overflow);
            try (Network network = Network.inline(broker);
                    RpcClient client = Depot.client(network.process());
                    RpcPublisher publisher = Depot.publisher(network.process())) {
                Subscription<StringValue> alerts = client.subscribe(Depot.ALERTS, Topic.NONE, options);
                for (int i = 0; i < 10; i++) {
                    publisher.publish(Depot.ALERTS, Topic.NONE, Depot.text("alert"));
                }

                Threads.join(Threads.run(() -> {
                    alerts.close();
                    return "closed";
                }));

                assertThat(alerts.next()).isEmpty();
            }
        }
    }

    @Rows("B02")
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void whatComesAfterTheClosingReachesNobodyAndTheOthersAll(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus);
                    Heard<StringValue> stays = setting.flavour().subscribe(client, Depot.ALERTS)) {
                Heard<StringValue> goes = setting.flavour().subscribe(client, Depot.ALERTS);
                setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("both"));
                assertThat(goes.now()).containsExactly(Depot.text("both"));
                goes.close();
                goes.close();
                setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("one"));

                assertThat(goes.now()).isEmpty();
                assertThat(stays.now()).containsExactly(Depot.text("both"), Depot.text("one"));
                assertThat(bus.stats().dropped(DropReason.NO_LISTENER)).isZero();
            }
        }
    }

    @Rows("N08")
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aClosedTopicLeavesNothing(Setting setting) {
        try (Network network = Network.threaded(setting.broker())) {
            MessageBus bus = network.process();
            try (RpcClient client = Depot.client(bus)) {
                int before = bus.stats().subscriptions();
                long threads = threads();
                for (int i = 0; i < TOPICS; i++) {
                    Topic topic = Topic.of("room " + i);
                    setting.flavour()
                            .subscribe(client, Depot.ROOM, topic, SubscriptionOptions.DEFAULT)
                            .close();
                }

                assertThat(bus.stats().subscriptions()).isEqualTo(before);
                assertThat(threads()).isLessThan(threads + TOPICS / 10);
                if (setting.broker().isFake()) {
                    assertThat(network.fake().subscribedAddresses()).hasSize(before);
                }
            }
        }
    }

    @Rows("N08")
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aSubscriptionThatIsRefusedLeavesNothing(Setting setting) {
        try (Network network = Network.inline(setting.broker())) {
            MessageBus bus = network.process();
            RpcClient client = Depot.client(bus);
            int before = bus.stats().subscriptions();
            if (setting.broker().isFake()) {
                network.fake().refuse(address -> true);
                Threads.failure(() -> setting.flavour().subscribe(client, Depot.ALERTS));
            }
            assertThat(bus.stats().subscriptions()).isEqualTo(before);
            client.close();
            Threads.failure(() -> setting.flavour().subscribe(client, Depot.ALERTS));
            assertThat(bus.stats().subscriptions()).isZero();
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("psrpc"))
                .count();
    }

    private static final class Watching implements SubscriptionListener<StringValue> {
        final CountDownLatch first = new CountDownLatch(1);
        final AtomicBoolean isClosed = new AtomicBoolean();
        private final AtomicInteger late;

        Watching(AtomicInteger late) {
            this.late = late;
        }

        @Override
        public void onUpdate(StringValue update) {
            first.countDown();
            if (isClosed.get()) {
                late.incrementAndGet();
            }
        }
    }
}
