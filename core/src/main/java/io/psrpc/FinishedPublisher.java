package io.psrpc;

import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Publishes what is there, to one subscriber, on the thread that asks for it. */
final class FinishedPublisher<T> implements Flow.Publisher<T> {
    private final Subscription<T> updates;
    private final AtomicBoolean subscribed = new AtomicBoolean();

    FinishedPublisher(Subscription<T> updates) {
        this.updates = updates;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        if (!subscribed.compareAndSet(false, true)) {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(new IllegalStateException("subscriber: a second one (expected: one)"));
            return;
        }
        Delivery<T> delivery = new Delivery<>(updates, subscriber);
        subscriber.onSubscribe(delivery);
        delivery.serve();
    }

    /** What is asked for while the subscriber is being called is served when that call returns, so calls never nest or overlap. */
    private static final class Delivery<T> implements Flow.Subscription {
        private final Subscription<T> updates;
        private final Flow.Subscriber<? super T> subscriber;
        private final AtomicLong demand = new AtomicLong();
        // From the start, as onSubscribe is under way.
        private final AtomicInteger asked = new AtomicInteger(1);
        private volatile boolean ended;
        private volatile @Nullable IllegalArgumentException misuse;

        Delivery(Subscription<T> updates, Flow.Subscriber<? super T> subscriber) {
            this.updates = updates;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            if (count <= 0) {
                misuse = Check.refused("request", count, "> 0");
            } else {
                demand.updateAndGet(before -> before + count < 0 ? Long.MAX_VALUE : before + count);
            }
            if (asked.getAndIncrement() == 0) {
                serve();
            }
        }

        @Override
        public void cancel() {
            ended = true;
            updates.close();
        }

        void serve() {
            int seen;
            do {
                seen = asked.get();
                serveDemand();
            } while (asked.addAndGet(-seen) != 0);
        }

        private void serveDemand() {
            while (!ended) {
                IllegalArgumentException refused = misuse;
                if (refused != null) {
                    cancel();
                    subscriber.onError(refused);
                } else if (updates.isClosed()) {
                    ended = true;
                    subscriber.onComplete();
                } else if (demand.get() == 0) {
                    return;
                } else {
                    demand.decrementAndGet();
                    updates.next().ifPresent(subscriber::onNext);
                }
            }
        }
    }

    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }
}
