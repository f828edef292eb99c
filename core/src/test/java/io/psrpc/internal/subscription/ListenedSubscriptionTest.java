package io.psrpc.internal.subscription;

import static io.psrpc.internal.subscription.FakeBus.buffer;
import static io.psrpc.internal.subscription.FakeBus.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.execution.EngineThread;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ListenedSubscriptionTest {
    private final TaskQueue tasks = new TaskQueue();
    private final FakeBus bus = new FakeBus(tasks);
    private final Protocol calls = new Protocol();

    @Test
    void updatesComeInOrderOnTheExecutor() {
        ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, calls);
        updates.sink().offer(update("a"));
        updates.sink().offer(update("b"));
        assertThat(calls.made).isEmpty();
        tasks.runAll();

        assertThat(calls.made).containsExactly("a", "b");
    }

    @Test
    @Rows("B18")
    void lossesAndGapsComeInTheirPlace() {
        ListenedSubscription<StringValue> updates = bus.listen(buffer(2, Overflow.DROP_NEWEST), calls);
        updates.sink().gap();
        updates.sink().offer(update("a"));
        updates.sink().gap();
        updates.sink().gap();
        updates.sink().offer(update("b"));
        updates.sink().offer(update("c"));
        updates.sink().offer(update("d"));
        tasks.runAll();
        updates.sink().offer(update("e"));
        tasks.runAll();

        assertThat(calls.made).containsExactly("gap", "a", "gap", "gap", "b", "dropped 2", "e");
    }

    @Test
    @Rows("B18")
    void theOldestUpdatesAreMissedAtTheBeginning() {
        ListenedSubscription<StringValue> updates = bus.listen(buffer(2, Overflow.DROP_OLDEST), calls);
        updates.sink().offer(update("a"));
        updates.sink().gap();
        updates.sink().offer(update("b"));
        updates.sink().offer(update("c"));
        updates.sink().gap();
        updates.sink().offer(update("d"));
        tasks.runAll();

        assertThat(calls.made).containsExactly("dropped 2", "gap", "c", "gap", "d");
        assertThat(bus.drops).containsEntry(DropReason.BUFFER_FULL, 2);
    }

    @Test
    @Rows("B04")
    void whatCannotBeReadIsToldAsDropped() {
        ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, calls);
        updates.sink().offer(update("a"));
        updates.sink()
                .offer(FakeBus.envelope(
                        FakeBus.msg(StringValue.of("b").toByteString()).setTypeUrl("x/other")));
        updates.sink().offer(update("c"));
        tasks.runAll();

        assertThat(calls.made).containsExactly("a", "dropped 1", "c");
        assertThat(bus.drops).containsOnlyKeys(DropReason.WRONG_TYPE);
    }

    @Test
    void aFailureIsTheLastCall() {
        ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, calls);
        updates.sink().offer(update("a"));
        updates.sink().gap();
        updates.sink().end(new PsrpcException(ErrorCode.CANCELED, "client is closed"));
        updates.sink().offer(update("late"));
        tasks.runAll();
        updates.close();
        tasks.runAll();

        assertThat(calls.made).containsExactly("a", "gap", "end client is closed");
    }

    @Test
    void aFullBufferThatFailsGivesTheSubscriptionBack() {
        ListenedSubscription<StringValue> updates = bus.listen(buffer(1, Overflow.FAIL), calls);
        updates.sink().offer(update("a"));
        updates.sink().offer(update("b"));
        tasks.runAll();

        assertThat(bus.unsubscribed).hasValue(1);
        assertThat(calls.made).hasSize(2).first().isEqualTo("a");
        assertThat(calls.made.get(1)).startsWith("end capacity: 1 updates");
    }

    @Test
    void aListenerThatThrowsGetsTheNextUpdateAllTheSame() {
        SubscriptionListener<StringValue> throwing = update -> {
            calls.onUpdate(update);
            throw new AssertionError("from the listener");
        };
        try (Warnings warnings = new Warnings()) {
            ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, throwing);
            updates.sink().offer(update("a"));
            updates.sink().offer(update("b"));
            tasks.runAll();

            assertThat(warnings.logged).containsExactly("subscription news: its listener threw");
        }
        assertThat(calls.made).containsExactly("a", "b");
        assertThat(bus.drops).containsEntry(DropReason.LISTENER_FAILED, 2);
    }

    @Test
    @Rows("C39")
    void aFloodGivesTheExecutorsThreadBackAfterABatch() {
        ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, calls);
        for (int i = 0; i < 3 * Pump.BATCH; i++) {
            updates.sink().offer(update(i));
        }
        assertThat(tasks.waiting()).isEqualTo(1);
        tasks.runOne();
        assertThat(calls.made).hasSize(Pump.BATCH);
        assertThat(tasks.waiting()).isEqualTo(1);
        tasks.runAll();

        assertThat(calls.made).hasSize(3 * Pump.BATCH);
    }

    @Test
    void aListenerThatCausesUpdatesDoesNotNestOnADirectExecutor() {
        FakeBus direct = new FakeBus();
        AtomicReference<UpdateSink> sink = new AtomicReference<>();
        AtomicInteger count = new AtomicInteger();
        ListenedSubscription<StringValue> updates = direct.listen(SubscriptionOptions.DEFAULT, update -> {
            if (count.incrementAndGet() < 100_000) {
                sink.get().offer(update("next"));
            }
        });
        sink.set(updates.sink());
        sink.get().offer(update("first"));

        assertThat(count).hasValue(100_000);
    }

    @Test
    @Rows("B02")
    void closedFromWithinOnlyTheEndFollows() {
        AtomicReference<ListenedSubscription<StringValue>> self = new AtomicReference<>();
        SubscriptionListener<StringValue> closing = new Protocol() {
            @Override
            public void onUpdate(StringValue update) {
                calls.onUpdate(update);
                self.get().close();
                calls.made.add("still in the call");
            }

            @Override
            public void onEnd(@Nullable PsrpcException failure) {
                calls.onEnd(failure);
                self.get().close();
            }
        };
        self.set(bus.listen(SubscriptionOptions.DEFAULT, closing));
        self.get().sink().offer(update("a"));
        self.get().sink().offer(update("b"));
        tasks.runAll();

        assertThat(calls.made).containsExactly("a", "still in the call", "end");
        assertThat(bus.unsubscribed).hasValue(1);
    }

    @Test
    @Rows("B02")
    void closedFromOutsideItEndsOnTheClosingThreadAndNothingFollows() {
        ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, calls);
        updates.sink().offer(update("a"));
        updates.close();
        assertThat(calls.made).containsExactly("end");
        updates.close();
        updates.sink().offer(update("late"));
        updates.sink().gap();
        tasks.runAll();

        assertThat(calls.made).containsExactly("end");
        assertThat(bus.drops).containsOnlyKeys(DropReason.NO_LISTENER);
    }

    @Test
    @Rows("B02")
    void closingWaitsForTheCallInProgress() throws InterruptedException {
        Latches latches = new Latches();
        ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, new Protocol() {
            @Override
            public void onUpdate(StringValue update) {
                latches.entered();
                latches.awaitLeave();
                calls.onUpdate(update);
            }

            @Override
            public void onEnd(@Nullable PsrpcException failure) {
                calls.onEnd(failure);
            }
        });
        updates.sink().offer(update("a"));
        updates.sink().offer(update("b"));
        Background<Void> executor = Background.run(tasks::runAll);
        latches.awaitEntered();
        Background<Void> closing = Background.run(() -> {
            updates.close();
            calls.made.add("closed");
        });
        latches.leave();
        closing.result();
        executor.result();

        assertThat(calls.made).endsWith("end", "closed").startsWith("a").doesNotHaveDuplicates();
    }

    @Test
    void closedOnAThreadOfTheEngineItEndsOnTheExecutor() {
        ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, calls);
        EngineThread.run(updates::close);
        assertThat(calls.made).isEmpty();
        tasks.runAll();

        assertThat(calls.made).containsExactly("end");
    }

    @Test
    void anEndWithoutFailureIsCalledOnTheExecutor() {
        ListenedSubscription<StringValue> updates = bus.listen(SubscriptionOptions.DEFAULT, calls);
        updates.sink().offer(update("a"));
        updates.sink().end(null);
        tasks.runAll();

        assertThat(calls.made).containsExactly("end");
        assertThat(tasks.waiting()).isZero();
    }
}
