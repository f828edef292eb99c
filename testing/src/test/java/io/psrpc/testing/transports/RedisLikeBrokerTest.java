package io.psrpc.testing.transports;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import io.psrpc.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisLikeBrokerTest {
    private static final Duration HOLD = Duration.ofSeconds(5);

    private final ManualTime time = new ManualTime();
    private final RedisLikeBroker broker = new RedisLikeBroker(time, Dispatch.INLINE);
    private final FakeConnection first = broker.connect();
    private final FakeConnection second = broker.connect();
    private final FakeListener plain = new FakeListener();
    private final FakeListener groupOfFirst = new FakeListener();
    private final FakeListener groupOfSecond = new FakeListener();

    @BeforeEach
    void start() {
        Stream.of(first, second).forEach(connection -> connection.start(new FakeHost(time)));
        first.subscribe("a", Delivery.EVERY_SUBSCRIBER, plain);
        first.subscribe("a", Delivery.ONE_OF_GROUP, groupOfFirst);
        second.subscribe("a", Delivery.ONE_OF_GROUP, groupOfSecond);
    }

    @Test
    void countsConnectionsAndReachesAllOfThem() {
        assertThat(publish("one").told()).containsExactly("published 2");
        assertThat(FakePublish.of(first, "b", "one").told()).containsExactly("published 0");

        assertThat(List.of(plain.heard(), groupOfFirst.heard(), groupOfSecond.heard()))
                .containsOnly(List.of("one"));
        assertThat(broker.published("a")).isOne();
    }

    @Test
    void oneMemberTakesAFrameUntilItsHoldIsOver() {
        publish("one");

        assertThat(take(groupOfSecond)).isCompletedWithValue(true);
        assertThat(take(groupOfFirst)).isCompletedWithValue(false);
        time.advance(HOLD);
        assertThat(take(groupOfFirst)).isCompletedWithValue(true);
    }

    @Test
    void equalFramesHaveOneLock() {
        publish("same");
        publish("same");
        publish("other");

        assertThat(groupOfFirst.turns().stream()
                        .map(turn -> turn.take(HOLD).toCompletableFuture().join()))
                .containsExactly(true, false, true);
    }

    @Test
    void locksFailOrGetLostOrWait() {
        publish("one");
        broker.lockAnswer(LockAnswer.FAILING);
        assertThat(take(groupOfFirst)).isCompletedExceptionally();
        broker.lockAnswer(LockAnswer.LOST);
        assertThat(take(groupOfFirst)).isCompletedExceptionally();
        broker.lockAnswer(LockAnswer.HELD);
        CompletionStage<Boolean> asked = take(groupOfFirst);

        assertThat(asked.toCompletableFuture()).isNotDone();
        broker.heldAnswers().giveAll();

        assertThat(asked).isCompletedWithValue(false);
    }

    @Test
    void aLockAndAFrameGoInOneStep() {
        publish("one");
        Turn turn = groupOfFirst.turns().get(0);
        FakePublish bid = FakePublish.unsent();
        byte[] bytes = "bid".getBytes(StandardCharsets.UTF_8);
        OutgoingFrame frame = new OutgoingFrame("a", bytes, Long.MAX_VALUE, false);
        assertThat(turn.takeAndPublish(HOLD, frame, bid)).isNull();
        broker.takeAndPublish(true);

        assertThat(turn.takeAndPublish(HOLD, frame, bid)).isCompletedWithValue(true);
        assertThat(turn.takeAndPublish(HOLD, frame, bid)).isCompletedWithValue(false);

        assertThat(bid.told()).containsExactly("published 2");
        assertThat(plain.heard()).containsExactly("one", "bid");
    }

    @Test
    void countsWaitForTheTest() {
        broker.countAnswer(CountAnswer.HELD);
        FakePublish one = publish("one");
        FakePublish two = publish("two");

        assertThat(plain.heard()).hasSize(2);
        broker.heldAnswers().giveNewest();
        assertThat(one.told()).isEmpty();
        assertThat(two.told()).containsExactly("published 2");
        first.disconnect();

        assertThat(one.told()).containsExactly("UNAVAILABLE");
    }

    @Test
    void losesWhatItIsToldToLose() {
        broker.loseNext(1);

        assertThat(publish("lost").told()).containsExactly("published 2");
        publish("kept");

        assertThat(plain.heard()).containsExactly("kept");
    }

    @Test
    void refusesAddressesAndLateFrames() {
        broker.refuse(address -> address.equals("secret"));

        assertThat(FakePublish.of(first, "secret", "x").told()).containsExactly("PERMISSION_DENIED");
        assertThat(first.subscribe("secret", Delivery.EVERY_SUBSCRIBER, plain)).isCompletedExceptionally();
        long notAfter = time.nanoTime();
        time.advance(Duration.ofNanos(1));
        assertThat(FakePublish.of(first, "a", new byte[0], notAfter).told()).containsExactly("UNAVAILABLE");
    }

    @Test
    void aLostConnectionHearsOfItsGapAlone() {
        first.disconnect();
        assertThat(FakePublish.of(second, "a", "missed").told()).containsExactly("published 1");
        assertThat(publish("mine").told()).containsExactly("UNAVAILABLE");
        first.reconnect();

        assertThat(plain.heard()).containsExactly(FakeListener.GAP);
        assertThat(groupOfSecond.heard()).containsExactly("missed");
    }

    @Test
    void subscriptionsWaitForTheTest() {
        broker.holdConfirmations(true);
        CompletableFuture<TransportSubscription> subscribed =
                first.subscribe("b", Delivery.EVERY_SUBSCRIBER, plain).toCompletableFuture();

        FakePublish.of(first, "b", "early");
        assertThat(subscribed).isNotDone();
        broker.heldAnswers().giveAll();
        FakePublish.of(first, "b", "late");

        assertThat(subscribed).isCompleted();
        assertThat(plain.heard()).containsExactly("late");
    }

    @Test
    void readersKeepTheOrderAndDeliverBeforeUnsubscribing() {
        RedisLikeBroker threaded = new RedisLikeBroker(time, Dispatch.READERS);
        FakeListener listener = new FakeListener();
        try (FakeConnection connection = threaded.connect()) {
            connection.start(new FakeHost(time));
            TransportSubscription subscription = connection
                    .subscribe("a", Delivery.EVERY_SUBSCRIBER, listener)
                    .toCompletableFuture()
                    .join();
            List<String> texts =
                    IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
            texts.forEach(text -> FakePublish.of(connection, "a", text));

            subscription.unsubscribe().toCompletableFuture().join();

            assertThat(listener.heard()).isEqualTo(texts);
            assertThat(threaded.subscribers("a")).isZero();
        }
    }

    private FakePublish publish(String text) {
        return FakePublish.of(first, "a", text);
    }

    private static CompletionStage<Boolean> take(FakeListener group) {
        return group.turns().get(0).take(HOLD);
    }
}
