package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.internal.subscription.Updates;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A subscription as one of a group: three updates have come, and the broker has yet to say whose they are. */
final class GroupSubject implements Subject<GroupSubject.Event> {
    private static final int UPDATES = 3;

    /** What may happen. */
    enum Event {
        FIRST_OURS,
        SECOND_OURS,
        SECOND_LOST,
        THIRD_OURS,
        THIRD_UNKNOWN,
        CLOSED,
        CLIENT_CLOSED
    }

    private final StillBus still = new StillBus();
    private final RpcClient client = RpcClient.create(still.bus, StillBus.SERVICE, ClientOptions.DEFAULT);
    private final Subscription<StringValue> subscription =
            client.subscribe(StillBus.WORK, Topic.NONE, SubscriptionOptions.DEFAULT);
    private final List<HandTurn> turns = new ArrayList<>();
    private final AtomicInteger ours = new AtomicInteger();

    GroupSubject() {
        for (int i = 0; i < UPDATES; i++) {
            HandTurn turn = new HandTurn(null);
            turns.add(turn);
            byte[] frame = still.writer.update("", StringValue.of(Integer.toString(i)), Updates.NO_NONCE);
            still.transport.deliver(still.transport.lastAddress(), frame, turn);
        }
    }

    static Machine<Event> machine() {
        return new Machine<>("subscription of a group", List.of(Event.values()), GroupSubject::new);
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case FIRST_OURS -> answer(0, true);
            case SECOND_OURS -> answer(1, true);
            case SECOND_LOST -> answer(1, false);
            case THIRD_OURS -> answer(2, true);
            case THIRD_UNKNOWN -> turns.get(2).isUnknown();
            case CLOSED -> subscription.close();
            case CLIENT_CLOSED -> client.close();
        }
    }

    private void answer(int update, boolean isOurs) {
        if (turns.get(update).isOurs(isOurs) && isOurs) {
            ours.incrementAndGet();
        }
    }

    /** Whatever is ours is taken in order, whatever the order of the answers. */
    @Override
    public void check(List<Event> happened) {
        turns.forEach(turn -> turn.isOurs(false));
        List<Integer> taken = new ArrayList<>();
        try {
            Optional<StringValue> next = subscription.next(Duration.ZERO);
            while (next.isPresent()) {
                taken.add(Integer.parseInt(next.get().getValue()));
                next = subscription.next(Duration.ZERO);
            }
        } catch (PsrpcException clientIsClosed) {
            // After what had come before.
        }
        expect("order", taken, taken.stream().sorted().distinct().toList());
        if (!happened.contains(Event.CLOSED) && !happened.contains(Event.CLIENT_CLOSED)) {
            expect("taken", taken.size(), ours.get());
        }
        subscription.close();
        client.close();
        still.checkEmpty();
    }
}
