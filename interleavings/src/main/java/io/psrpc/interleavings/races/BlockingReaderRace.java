package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.stub.RpcClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A thread that reads a subscription to its end. */
final class BlockingReaderRace extends WaitingRace<BlockingReaderRace.Event> {
    /** What may happen meanwhile; it is closed at last. */
    enum Event {
        UPDATE,
        GAP,
        CLOSED,
        CLIENT_CLOSED,
        INTERRUPTED
    }

    private final StillBus still = new StillBus();
    private final RpcClient client = RpcClient.create(still.bus, StillBus.SERVICE, ClientOptions.DEFAULT);
    private final Subscription<StringValue> subscription =
            client.subscribe(StillBus.NEWS, Topic.NONE, SubscriptionOptions.DEFAULT);
    private final Feed feed = new Feed(still);
    private final List<Integer> taken = new CopyOnWriteArrayList<>();

    private BlockingReaderRace(List<List<Event>> bringers) {
        super(bringers);
    }

    /** Two updates, and each end, on one thread or two. */
    static List<NamedRace> races() {
        List<Event> updates = List.of(Event.UPDATE, Event.GAP, Event.UPDATE);
        return List.of(
                race(List.of(updates)),
                race(List.of(updates, List.of(Event.CLOSED))),
                race(List.of(updates, List.of(Event.CLIENT_CLOSED))),
                race(List.of(updates, List.of(Event.INTERRUPTED))),
                race(List.of(List.of(Event.UPDATE, Event.INTERRUPTED))),
                race(List.of(List.of(Event.CLIENT_CLOSED), List.of(Event.CLOSED))));
    }

    private static NamedRace race(List<List<Event>> bringers) {
        return new NamedRace("blocking reader", bringers.toString(), () -> new BlockingReaderRace(bringers));
    }

    @Override
    void await() {
        for (Optional<StringValue> next = subscription.next(); next.isPresent(); next = subscription.next()) {
            taken.add(Integer.parseInt(next.get().getValue()));
        }
    }

    @Override
    void awaitReady() {}

    @Override
    void happen(Event event) {
        switch (event) {
            case UPDATE -> feed.update();
            case GAP -> feed.gap();
            case CLOSED -> subscription.close();
            case CLIENT_CLOSED -> client.close();
            case INTERRUPTED -> throw new AssertionError("made by the race");
        }
    }

    @Override
    boolean isInterrupt(Event event) {
        return event == Event.INTERRUPTED;
    }

    @Override
    void end() {
        subscription.close();
    }

    /** It has read in order, and its end is one that was made. */
    @Override
    void check(Set<Event> happened) {
        expect("order", taken, taken.stream().sorted().distinct().toList());
        boolean mayFail = happened.contains(Event.CLIENT_CLOSED) || happened.contains(Event.INTERRUPTED);
        expect(failure() == null || (mayFail && failure() == ErrorCode.CANCELED), "failure: " + failure());
        client.close();
        still.checkEmpty();
    }
}
