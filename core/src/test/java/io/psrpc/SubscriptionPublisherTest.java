package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class SubscriptionPublisherTest {
    private final Subscription<Integer> updates = Subscription.of(1, 2, 3);
    private final Recorder recorder = new Recorder();

    @Test
    void deliversWhatWasAskedFor() {
        updates.publisher().subscribe(recorder);
        assertThat(recorder.events).isEmpty();

        recorder.subscription.request(2);
        assertThat(recorder.events).containsExactly(1, 2);

        recorder.subscription.request(Long.MAX_VALUE);
        assertThat(recorder.events).containsExactly(1, 2, 3, "complete");
    }

    @Test
    void completesWithTheLastUpdateWithoutBeingAsked() {
        updates.publisher().subscribe(recorder);
        recorder.subscription.request(3);

        assertThat(recorder.events).containsExactly(1, 2, 3, "complete");
    }

    @Test
    void completesAtOnceWithoutUpdates() {
        Subscription.<Integer>of().publisher().subscribe(recorder);

        assertThat(recorder.events).containsExactly("complete");
    }

    @Test
    void demandSaturates() {
        updates.publisher().subscribe(recorder);
        recorder.onNext = () -> recorder.subscription.request(Long.MAX_VALUE);
        recorder.subscription.request(Long.MAX_VALUE);

        assertThat(recorder.events).containsExactly(1, 2, 3, "complete");
    }

    @Test
    void askingInOnSubscribeIsServedAfterIt() {
        recorder.onSubscribe = () -> {
            recorder.subscription.request(1);
            recorder.events.add("subscribed");
        };
        updates.publisher().subscribe(recorder);

        assertThat(recorder.events).containsExactly("subscribed", 1);
    }

    @Test
    void askingInOnNextDoesNotNest() {
        Integer[] many = new Integer[100_000];
        Arrays.setAll(many, i -> i);
        recorder.onNext = () -> recorder.subscription.request(1);
        recorder.onSubscribe = () -> recorder.subscription.request(1);

        Subscription.of(many).publisher().subscribe(recorder);

        assertThat(recorder.events).hasSize(many.length + 1).endsWith("complete");
        assertThat(recorder.nested).isFalse();
    }

    @Test
    void cancellingEndsTheCallsAndClosesTheSubscription() {
        updates.publisher().subscribe(recorder);
        recorder.onNext = () -> recorder.subscription.cancel();
        recorder.subscription.request(3);
        recorder.subscription.request(1);
        recorder.subscription.cancel();

        assertThat(recorder.events).containsExactly(1);
        assertThat(updates.isClosed()).isTrue();
    }

    @Test
    void askingForNothingIsAnError() {
        updates.publisher().subscribe(recorder);
        recorder.subscription.request(0);
        recorder.subscription.request(-1);

        assertThat(recorder.events).singleElement().isInstanceOf(IllegalArgumentException.class);
        assertThat((Throwable) recorder.events.get(0)).hasMessage("request: 0 (expected: > 0)");
    }

    @Test
    void aSecondSubscriberIsToldThatThereIsOne() {
        updates.publisher().subscribe(recorder);
        Recorder second = new Recorder();
        updates.publisher().subscribe(second);
        second.subscription.request(1);
        second.subscription.cancel();

        assertThat(second.events).singleElement().isInstanceOf(IllegalStateException.class);
        recorder.subscription.request(3);
        assertThat(recorder.events).containsExactly(1, 2, 3, "complete");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void refusesNull() {
        assertThatNullPointerException()
                .isThrownBy(() -> updates.publisher().subscribe(null))
                .withMessage("subscriber");
    }

    private static final class Recorder implements Flow.Subscriber<Integer> {
        final List<Object> events = new ArrayList<>();
        Runnable onSubscribe = () -> {};
        Runnable onNext = () -> {};

        @SuppressWarnings("NullAway.Init") // what a publisher hands over first
        Flow.Subscription subscription;

        boolean nested;
        private boolean inside;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            onSubscribe.run();
        }

        @Override
        public void onNext(Integer item) {
            nested |= inside;
            inside = true;
            events.add(item);
            onNext.run();
            inside = false;
        }

        @Override
        public void onError(Throwable failure) {
            events.add(failure);
        }

        @Override
        public void onComplete() {
            events.add("complete");
        }
    }
}
