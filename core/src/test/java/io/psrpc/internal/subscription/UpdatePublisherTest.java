package io.psrpc.internal.subscription;

import static io.psrpc.internal.subscription.FakeBus.buffer;
import static io.psrpc.internal.subscription.FakeBus.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

final class UpdatePublisherTest {
    private final TaskQueue tasks = new TaskQueue();
    private final FakeBus bus = new FakeBus(tasks);
    private final Signals signals = new Signals();

    @Test
    void updatesComeAsTheyAreAskedFor() {
        BufferedSubscription<StringValue> updates = subscribed(SubscriptionOptions.DEFAULT);
        for (int i = 0; i < 5; i++) {
            updates.sink().offer(update(i));
        }
        tasks.runAll();
        assertThat(signals.got).containsExactly("subscribed");
        signals.subscription.request(2);
        tasks.runAll();
        assertThat(signals.got).containsExactly("subscribed", "0", "1");
        signals.subscription.request(Long.MAX_VALUE);
        signals.subscription.request(Long.MAX_VALUE);
        tasks.runAll();

        assertThat(signals.got).containsExactly("subscribed", "0", "1", "2", "3", "4");
    }

    @Test
    void anUnusedDemandCostsNoTask() {
        BufferedSubscription<StringValue> updates = subscribed(SubscriptionOptions.DEFAULT);
        signals.subscription.request(1);
        assertThat(tasks.waiting()).isZero();
        updates.sink().offer(update("a"));
        assertThat(tasks.waiting()).isEqualTo(1);
        tasks.runAll();
        updates.sink().offer(update("b"));

        assertThat(tasks.waiting()).isZero();
        assertThat(signals.got).containsExactly("subscribed", "a");
    }

    @Test
    void cancellingClosesTheSubscription() {
        BufferedSubscription<StringValue> updates = subscribed(SubscriptionOptions.DEFAULT);
        updates.sink().offer(update("a"));
        signals.subscription.request(1);
        signals.subscription.cancel();
        signals.subscription.cancel();
        signals.subscription.request(1);
        tasks.runAll();
        updates.close();

        assertThat(signals.got).containsExactly("subscribed");
        assertThat(updates.isClosed()).isTrue();
        assertThat(bus.unsubscribed).hasValue(1);
    }

    @Test
    @Rows("B02")
    void closingTheSubscriptionCompletes() {
        BufferedSubscription<StringValue> updates = subscribed(SubscriptionOptions.DEFAULT);
        updates.sink().offer(update("a"));
        updates.close();
        assertThat(signals.got).containsExactly("subscribed", "complete");
        signals.subscription.request(1);
        tasks.runAll();

        assertThat(signals.got).containsExactly("subscribed", "complete");
    }

    @Test
    void aFailureFollowsWhatWasBuffered() {
        BufferedSubscription<StringValue> updates = subscribed(buffer(1, Overflow.FAIL));
        updates.sink().offer(update("a"));
        updates.sink().offer(update("b"));
        tasks.runAll();
        assertThat(signals.got).containsExactly("subscribed");
        signals.subscription.request(1);
        tasks.runAll();

        assertThat(signals.got).containsExactly("subscribed", "a", "RESOURCE_EXHAUSTED");
        assertThat(updates.isClosed()).isTrue();
    }

    @Test
    void aFailureNeedsNoDemand() {
        BufferedSubscription<StringValue> updates = subscribed(SubscriptionOptions.DEFAULT);
        updates.sink().end(new PsrpcException(ErrorCode.UNAVAILABLE, "gone"));
        tasks.runAll();

        assertThat(signals.got).containsExactly("subscribed", "UNAVAILABLE");
    }

    @Test
    void whatCannotBeReadTakesNoDemand() {
        BufferedSubscription<StringValue> updates = subscribed(SubscriptionOptions.DEFAULT);
        updates.sink()
                .offer(FakeBus.envelope(
                        FakeBus.msg(StringValue.of("x").toByteString()).setTypeUrl("x/other")));
        updates.sink().offer(update("a"));
        signals.subscription.request(1);
        tasks.runAll();

        assertThat(signals.got).containsExactly("subscribed", "a");
        assertThat(updates.dropped()).isEqualTo(1);
    }

    @Test
    void aClosedSubscriptionCompletesAfterSubscribing() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        Flow.Publisher<StringValue> publisher = updates.publisher();
        updates.close();
        publisher.subscribe(signals);
        tasks.runAll();

        assertThat(signals.got).containsExactly("subscribed", "complete");
    }

    @Test
    void aSubscriberThatClosesWhileItSubscribesIsCompletedAfterwards() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        Signals closing = new Signals() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                updates.close();
                super.onSubscribe(subscription);
            }
        };
        updates.publisher().subscribe(closing);
        tasks.runAll();

        assertThat(closing.got).containsExactly("subscribed", "complete");
    }

    @Test
    void aSecondSubscriberIsRefused() {
        BufferedSubscription<StringValue> updates = subscribed(SubscriptionOptions.DEFAULT);
        Signals second = new Signals();
        updates.publisher().subscribe(second);
        second.subscription.request(1);
        second.subscription.cancel();

        assertThat(second.got).containsExactly("subscribed", "IllegalStateException");
        assertThat(updates.isClosed()).isFalse();
    }

    @Test
    void aSubscriberThatThrowsGetsNothingMore() {
        Signals throwing = new Signals() {
            @Override
            public void onNext(StringValue update) {
                super.onNext(update);
                throw new IllegalStateException("from the subscriber");
            }
        };
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        updates.publisher().subscribe(throwing);
        throwing.subscription.request(9);
        try (Warnings warnings = new Warnings()) {
            updates.sink().offer(update("a"));
            updates.sink().offer(update("b"));
            tasks.runAll();
            assertThat(warnings.logged).hasSize(1);
        }

        assertThat(throwing.got).containsExactly("subscribed", "a");
        assertThat(updates.isClosed()).isTrue();
        assertThat(bus.drops).containsOnlyKeys(DropReason.LISTENER_FAILED);
    }

    private BufferedSubscription<StringValue> subscribed(SubscriptionOptions options) {
        BufferedSubscription<StringValue> updates = bus.open(options);
        updates.publisher().subscribe(signals);
        return updates;
    }

    private static class Signals implements Flow.Subscriber<StringValue> {
        final List<String> got = new ArrayList<>();

        @SuppressWarnings("NullAway.Init") // what a publisher hands over first
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            got.add("subscribed");
        }

        @Override
        public void onNext(StringValue update) {
            got.add(update.getValue());
        }

        @Override
        public void onError(Throwable failure) {
            got.add(
                    failure instanceof PsrpcException e
                            ? e.code().name()
                            : failure.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            got.add("complete");
        }
    }
}
