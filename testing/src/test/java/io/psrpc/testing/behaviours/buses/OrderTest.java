package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Int32Value;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.MessageBus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Rows("B06")
class OrderTest {
    private static final int MANY = 100_000;
    private static final int SOME = 2_000;
    private static final BusChannel NUMBERS = BusChannel.named("numbers");
    private static final Int32Value NUMBER = Int32Value.getDefaultInstance();

    @ParameterizedTest(name = "{0}, blocking")
    @EnumSource(BrokerKind.class)
    void aHundredThousandUpdatesStayInOrder(BrokerKind broker) {
        try (Network network = Network.threaded(broker);
                Subscription<Int32Value> numbers = subscribe(network.process(), MANY)) {
            publish(network.process(), MANY, 0);

            assertThat(read(numbers, MANY)).isEqualTo(upTo(MANY));
        }
    }

    @ParameterizedTest(name = "{0}, async")
    @EnumSource(BrokerKind.class)
    void theyStayInOrderForASubscriberToo(BrokerKind broker) {
        try (Network network = Network.threaded(broker);
                Subscription<Int32Value> numbers = subscribe(network.process(), SOME)) {
            Collecting collected = new Collecting(SOME);
            numbers.publisher().subscribe(collected);
            publish(network.process(), SOME, 0);

            Threads.await(collected.all);
            assertThat(collected.numbers).isEqualTo(upTo(SOME));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BrokerKind.class)
    void aQueuesOnlyMemberGetsThemInOrder(BrokerKind broker) {
        try (Network network = Network.threaded(broker);
                Subscription<Int32Value> numbers = network.process()
                        .subscribeQueue(NUMBERS, NUMBER, SubscriptionOptions.DEFAULT.withCapacity(SOME))) {
            publish(network.process(), SOME, 0);

            assertThat(read(numbers, SOME)).isEqualTo(upTo(SOME));
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(BrokerKind.class)
    void publishersThatPublishAtOnceKeepTheirOwnOrder(BrokerKind broker) {
        int publishers = 4;
        try (Network network = Network.threaded(broker);
                Subscription<Int32Value> numbers = subscribe(network.process(), publishers * SOME)) {
            List<CompletableFuture<Void>> publishing = new ArrayList<>();
            for (int i = 0; i < publishers; i++) {
                MessageBus bus = network.process();
                int first = i * SOME;
                publishing.add(Threads.run(() -> publish(bus, SOME, first)));
            }
            publishing.forEach(Threads::join);
            List<Integer> arrived = read(numbers, publishers * SOME);

            for (int i = 0; i < publishers; i++) {
                int first = i * SOME;
                assertThat(arrived.stream().filter(number -> number / SOME == first / SOME))
                        .isEqualTo(upTo(SOME).stream()
                                .map(number -> first + number)
                                .toList());
            }
        }
    }

    /** Large and compressed ones are unpacked elsewhere, and must not be overtaken. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(BrokerKind.class)
    void smallUpdatesDoNotOvertakeLargeOnes(BrokerKind broker) {
        String large = "x".repeat(32 << 10);
        try (Network network = Network.threaded(broker)) {
            MessageBus bus = network.process(options -> options.compressAbove(40 << 10));
            List<String> sent = IntStream.range(0, 100)
                    .mapToObj(i -> i + (i % 3 == 0 ? large : i % 5 == 0 ? large + large : ""))
                    .toList();
            try (var texts = bus.subscribe(NUMBERS, Depot.TEXT, SubscriptionOptions.DEFAULT)) {
                sent.forEach(text -> bus.publish(NUMBERS, Depot.text(text)));

                assertThat(new Heard.Pulled<>(texts).next(sent.size()))
                        .extracting(text -> text.getValue())
                        .isEqualTo(sent);
            }
        }
    }

    private static Subscription<Int32Value> subscribe(MessageBus bus, int capacity) {
        return bus.subscribe(NUMBERS, NUMBER, SubscriptionOptions.DEFAULT.withCapacity(capacity));
    }

    private static Void publish(MessageBus bus, int count, int first) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (int i = 0; i < count; i++) {
            last = bus.publish(NUMBERS, Int32Value.of(first + i));
        }
        return Threads.join(last);
    }

    private static List<Integer> read(Subscription<Int32Value> numbers, int count) {
        return new Heard.Pulled<>(numbers)
                .next(count).stream().map(Int32Value::getValue).toList();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static final class Collecting implements java.util.concurrent.Flow.Subscriber<Int32Value> {
        final List<Integer> numbers = new ArrayList<>();
        final CountDownLatch all;

        Collecting(int count) {
            all = new CountDownLatch(count);
        }

        @Override
        public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Int32Value number) {
            numbers.add(number.getValue());
            all.countDown();
        }

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
