package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.stub.RpcClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A subscription with a listener, and everything that may happen to it. */
final class ListenedSubject implements Subject<ListenedSubject.Event> {
    /** What may happen. */
    enum Event {
        UPDATE,
        GAP,
        CLOSED,
        CLIENT_CLOSED
    }

    private final Threads threads = new Threads();
    private final StillBus still;
    private final RpcClient client;
    private final Registration registration;
    private final Feed feed;
    private final OneAtATime calls = new OneAtATime();
    private final List<Integer> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger afterTheEnd = new AtomicInteger();
    private final AtomicInteger closedTooSoon = new AtomicInteger();

    /** @param isDirect the listener is called where updates arrive; otherwise on threads of its own */
    ListenedSubject(boolean isDirect) {
        still = isDirect ? new StillBus() : new StillBus(threads, Runnable::run);
        client = RpcClient.create(still.bus, StillBus.SERVICE, ClientOptions.DEFAULT);
        CompletableFuture<Registration> registered = client.subscribeAsync(
                StillBus.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT.withCapacity(2), new Listener());
        threads.join();
        registration = registered.join();
        feed = new Feed(still);
    }

    static Machine<Event> machine(boolean isDirect) {
        String name = "listener, " + (isDirect ? "called at once" : "on threads of its own");
        return new Machine<>(name, List.of(Event.values()), () -> new ListenedSubject(isDirect));
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case UPDATE -> feed.update();
            case GAP -> feed.gap();
            case CLOSED -> close();
            case CLIENT_CLOSED -> client.close();
        }
    }

    /** When it returns, nothing is called any more. */
    private void close() {
        registration.close();
        if (calls.isInside() || ends.get() == 0) {
            closedTooSoon.incrementAndGet();
        }
    }

    /** Calls come one at a time and in order; the end comes once, and last. */
    @Override
    public void check(List<Event> happened) {
        threads.join();
        if (!happened.contains(Event.CLOSED) && !happened.contains(Event.CLIENT_CLOSED)) {
            expect("ends so far", ends.get(), 0);
        }
        registration.close();
        threads.join();
        calls.check();
        expect("ends", ends.get(), 1);
        expect("calls after the end", afterTheEnd.get(), 0);
        expect("order", heard, heard.stream().sorted().distinct().toList());
        expect("returned from closing while it was called", closedTooSoon.get(), 0);
        client.close();
        threads.join();
        still.checkEmpty();
    }

    private final class Listener implements SubscriptionListener<StringValue> {
        @Override
        public void onUpdate(StringValue update) {
            call(() -> heard.add(Integer.parseInt(update.getValue())));
        }

        @Override
        public void onDropped(long count) {
            call(() -> {});
        }

        @Override
        public void onGap() {
            call(() -> {});
        }

        @Override
        public void onEnd(@Nullable PsrpcException failure) {
            call(ends::incrementAndGet);
        }

        private void call(Runnable code) {
            if (ends.get() > 0) {
                afterTheEnd.incrementAndGet();
            }
            calls.run(code);
        }
    }
}
