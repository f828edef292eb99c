package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.ClientOptions;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.stub.RpcClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A subscription as a publisher of reactive streams with one subscriber, and everything that may happen to it. */
final class PublisherSubject implements Subject<PublisherSubject.Event> {
    /** What may happen. */
    enum Event {
        UPDATE,
        REQUESTED,
        CANCELED,
        CLOSED,
        CLIENT_CLOSED
    }

    private final Threads threads = new Threads();
    private final StillBus still = new StillBus(threads, Runnable::run);
    private final RpcClient client;
    private final Subscription<StringValue> subscription;
    private final Feed feed;
    private final Subscriber subscriber = new Subscriber();

    PublisherSubject() {
        client = RpcClient.create(still.bus, StillBus.SERVICE, ClientOptions.DEFAULT);
        subscription = client.subscribe(StillBus.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT.withCapacity(2));
        feed = new Feed(still);
        subscription.publisher().subscribe(subscriber);
        threads.join();
    }

    static Machine<Event> machine() {
        return new Machine<>("publisher", List.of(Event.values()), PublisherSubject::new);
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case UPDATE -> feed.update();
            case REQUESTED -> subscriber.request();
            case CANCELED -> subscriber.flow().cancel();
            case CLOSED -> subscription.close();
            case CLIENT_CLOSED -> client.close();
        }
    }

    /** Signals come one at a time and in order, no more than were asked for; the end comes once at most, and last. */
    @Override
    public void check(List<Event> happened) {
        threads.join();
        subscription.close();
        threads.join();
        subscriber.check(happened);
        client.close();
        threads.join();
        still.checkEmpty();
    }

    private static final class Subscriber implements Flow.Subscriber<StringValue> {
        private final OneAtATime signals = new OneAtATime();
        private final List<Integer> heard = new CopyOnWriteArrayList<>();
        private final AtomicInteger requested = new AtomicInteger();
        private final AtomicInteger tooMany = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();
        private final AtomicInteger afterTheEnd = new AtomicInteger();
        private volatile Flow.@Nullable Subscription flow;

        Flow.Subscription flow() {
            return Objects.requireNonNull(flow, "flow");
        }

        void request() {
            requested.incrementAndGet();
            flow().request(1);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            flow = subscription;
        }

        @Override
        public void onNext(StringValue update) {
            if (heard.size() >= requested.get()) {
                tooMany.incrementAndGet();
            }
            signal(() -> heard.add(Integer.parseInt(update.getValue())));
        }

        @Override
        public void onError(Throwable failure) {
            signal(ends::incrementAndGet);
        }

        @Override
        public void onComplete() {
            signal(ends::incrementAndGet);
        }

        private void signal(Runnable code) {
            if (ends.get() > 0) {
                afterTheEnd.incrementAndGet();
            }
            signals.run(code);
        }

        void check(List<Event> happened) {
            signals.check();
            expect("updates that nobody asked for", tooMany.get(), 0);
            expect("signals after the end", afterTheEnd.get(), 0);
            expect("order", heard, heard.stream().sorted().distinct().toList());
            boolean mayBeSilent = happened.contains(Event.CANCELED);
            expect(ends.get() == 1 || (mayBeSilent && ends.get() == 0), "ends: " + ends + " (expected: 1)");
        }
    }
}
