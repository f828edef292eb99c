package io.psrpc.testing.transports;

import io.psrpc.ErrorCode;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.Turn;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends a frame to every connection that is subscribed, tells how many those were, and lets the members of a group find out by a lock
 * whose it is. Every channel has an address of its own.
 */
public final class RedisLikeBroker extends FakeBroker {
    private final Locks locks;
    private final AtomicInteger locksAsked = new AtomicInteger();
    private volatile ReceiverCount receiverCount = ReceiverCount.CONNECTIONS;
    private volatile CountAnswer countAnswer = CountAnswer.BEFORE_DELIVERY;
    private volatile LockAnswer lockAnswer = LockAnswer.GIVEN;
    private volatile boolean isTakingAndPublishing;

    /** A broker whose locks expire by {@code time}. */
    public RedisLikeBroker(Timekeeper time, Dispatch dispatch) {
        super("redis-like", dispatch);
        locks = new Locks(time);
    }

    /** What counts mean; they are told all the same. Default {@code CONNECTIONS}. */
    public void receiverCount(ReceiverCount meaning) {
        receiverCount = meaning;
    }

    /** When counts are told. Default before delivery. */
    public void countAnswer(CountAnswer answer) {
        countAnswer = answer;
    }

    /** How locks are answered from now on. */
    public void lockAnswer(LockAnswer answer) {
        lockAnswer = answer;
    }

    /** True: a lock and a frame go in one step. Default false. */
    public void takeAndPublish(boolean isOffered) {
        isTakingAndPublishing = isOffered;
    }

    /** Forgets all locks, as a broker that comes back empty. */
    public void forgetLocks() {
        locks.forget();
    }

    /** How often a lock was asked for. */
    public int locksAsked() {
        return locksAsked.get();
    }

    @Override
    String address(BusChannel channel) {
        return channel.flat();
    }

    @Override
    @Nullable
    String keyAddress(BusChannel channel) {
        return null;
    }

    @Override
    boolean sharesAddresses() {
        return false;
    }

    @Override
    ReceiverCount receiverCount() {
        return receiverCount;
    }

    @Override
    void route(FakeConnection from, OutgoingFrame frame, List<FakeSubscription> subscribers, PublishListener listener) {
        List<FakeSubscription> receivers = subscribers.stream()
                .filter(subscriber -> subscriber.connection.isConnected())
                .toList();
        long count = receivers.stream()
                .map(receiver -> receiver.connection)
                .distinct()
                .count();
        CountAnswer when = countAnswer;
        if (when == CountAnswer.BEFORE_DELIVERY) {
            from.answer(() -> listener.onPublished(count));
        } else if (when == CountAnswer.HELD) {
            heldAnswers().add(from, () -> from.answer(() -> listener.onPublished(count)), listener::onFailed);
        }
        if (!isLost()) {
            receivers.forEach(receiver -> receiver.deliver(frame.bytes(), turn(receiver, frame.bytes())));
        }
        if (when == CountAnswer.AFTER_DELIVERY) {
            from.answer(() -> listener.onPublished(count));
        }
    }

    private Turn turn(FakeSubscription receiver, byte[] frame) {
        return receiver.isGroup() ? new LockTurn(receiver.connection, frame) : Turn.HELD;
    }

    private CompletionStage<Boolean> ask(FakeConnection asking, byte[] frame, Duration hold, Runnable ifOurs) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        locksAsked.incrementAndGet();
        LockAnswer how = asking.isConnected() ? lockAnswer : LockAnswer.FAILING;
        boolean isOurs = how != LockAnswer.FAILING && locks.take(frame, hold);
        if (isOurs) {
            ifOurs.run();
        }
        switch (how) {
            case GIVEN -> asking.answer(() -> answer.complete(isOurs));
            case HELD ->
                heldAnswers()
                        .add(asking, () -> asking.answer(() -> answer.complete(isOurs)), answer::completeExceptionally);
            case FAILING, LOST ->
                asking.answer(() -> answer.completeExceptionally(
                        ErrorCode.UNAVAILABLE.error("%s: no answer to a lock", asking.name())));
        }
        return answer;
    }

    private final class LockTurn implements Turn {
        private final FakeConnection connection;
        private final byte[] locked;

        LockTurn(FakeConnection connection, byte[] locked) {
            this.connection = connection;
            this.locked = locked;
        }

        @Override
        public CompletionStage<Boolean> take(Duration hold) {
            return ask(connection, locked, hold, () -> {});
        }

        @Override
        public @Nullable CompletionStage<Boolean> takeAndPublish(
                Duration hold, OutgoingFrame frame, PublishListener listener) {
            return isTakingAndPublishing
                    ? ask(connection, locked, hold, () -> publish(connection, frame, listener))
                    : null;
        }
    }
}
