package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.Topic;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subscription that is read, and everything that may happen to it. */
final class BufferedSubject implements Subject<BufferedSubject.Event> {
    /** What may happen. */
    enum Event {
        UPDATE,
        GAP,
        TAKEN,
        CLOSED,
        CLIENT_CLOSED
    }

    private final StillBus still = new StillBus();
    private final RpcClient client;
    private final Overflow overflow;
    private final Subscription<StringValue> subscription;
    private final Feed feed;
    /** Guarded by itself: readers come one after the other. */
    private final List<Integer> taken = new ArrayList<>();

    BufferedSubject(Overflow overflow) {
        this.overflow = overflow;
        client = RpcClient.create(still.bus, StillBus.SERVICE, ClientOptions.DEFAULT);
        subscription = client.subscribe(
                StillBus.NEWS,
                Topic.NONE,
                SubscriptionOptions.DEFAULT.withCapacity(2).withOverflow(overflow));
        feed = new Feed(still);
    }

    static Machine<Event> machine(Overflow overflow) {
        String name =
                "subscription, " + overflow.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Machine<>(name, List.of(Event.values()), () -> new BufferedSubject(overflow));
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case UPDATE -> feed.update();
            case GAP -> feed.gap();
            case TAKEN -> takeOrFail();
            case CLOSED -> subscription.close();
            case CLIENT_CLOSED -> client.close();
        }
    }

    /** False: there is none. */
    private boolean take() {
        synchronized (taken) {
            Optional<StringValue> next = subscription.next(Duration.ZERO);
            next.ifPresent(update -> taken.add(Integer.parseInt(update.getValue())));
            return next.isPresent();
        }
    }

    /** What it fails with, once it has. */
    private @Nullable ErrorCode takeOrFail() {
        try {
            take();
            return null;
        } catch (PsrpcException e) {
            return e.code();
        }
    }

    /** What came was taken in order, dropped, or discarded by closing; the end is the one that was made; nothing is left. */
    @Override
    public void check(List<Event> happened) {
        boolean isClosed = happened.contains(Event.CLOSED);
        ErrorCode failure = takeOrFail();
        for (int before = -1; before < taken.size() && failure == null; failure = takeOrFail()) {
            before = taken.size();
        }
        expect("order", taken, taken.stream().sorted().distinct().toList());
        expect(!isClosed || subscription.isClosed(), "closed, but open");
        if (!isClosed && !happened.contains(Event.CLIENT_CLOSED)) {
            expect("taken and dropped", taken.size() + subscription.dropped(), (long) feed.updates());
            boolean hasFailed = failure == ErrorCode.RESOURCE_EXHAUSTED && overflow == Overflow.FAIL;
            expect(failure == null || hasFailed, "failure: " + failure);
        }
        subscription.close();
        client.close();
        still.checkEmpty();
    }
}
