package io.psrpc.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** Whatever meets whatever: each update is delivered, dropped and counted, or discarded by closing, and everyone who waits wakes. */
@Timeout(60)
@Rows("B02")
final class SubscriptionStressTest {
    private static final int ROUNDS = 200;
    private static final int UPDATES = 200;
    private static final int CAPACITY = 8;
    private static final SubscriptionOptions SMALL = FakeBus.buffer(CAPACITY, Overflow.DROP_OLDEST);
    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(3);

    private final FakeBus bus = new FakeBus(EXECUTOR);
    private final List<Integer> delivered = new ArrayList<>();

    /** Each round has its episode of drops. */
    private static final Warnings WARNINGS = new Warnings();

    @AfterAll
    static void endThreads() throws InterruptedException {
        WARNINGS.close();
        EXECUTOR.shutdown();
        assertThat(EXECUTOR.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    @RepeatedTest(ROUNDS)
    void aReaderGetsWhatWasNotDroppedUntilTheFailure() throws InterruptedException {
        BufferedSubscription<StringValue> updates = bus.open(SMALL);
        Background<Boolean> reader = Background.run(() -> isReadUntilFailure(updates));
        offerAll(updates.sink());
        updates.sink().end(new PsrpcException(ErrorCode.UNAVAILABLE, "no more"));

        assertThat(reader.result()).isTrue();
        everyUpdateIsAccountedFor(0);
    }

    @RepeatedTest(ROUNDS)
    void aReaderWakesWhenAnotherThreadCloses() throws InterruptedException {
        BufferedSubscription<StringValue> updates = bus.open(SMALL);
        Background<Boolean> reader = Background.run(() -> isReadUntilFailure(updates));
        Background<Void> producer = Background.run(() -> offerAll(updates.sink()));
        Background<Void> closer = Background.run(updates::close);

        assertThat(reader.result()).isFalse();
        producer.result();
        closer.result();
        // One more than fit: it was taken, and found the subscription closed.
        everyUpdateIsAccountedFor(CAPACITY + 1);
    }

    @RepeatedTest(ROUNDS)
    void aListenerGetsWhatWasNotDroppedThenTheEnd() {
        CompletableFuture<@Nullable PsrpcException> end = new CompletableFuture<>();
        ListenedSubscription<StringValue> updates = bus.listen(SMALL, collecting(end));
        offerAll(updates.sink());
        updates.sink().end(new PsrpcException(ErrorCode.UNAVAILABLE, "no more"));

        assertThat(end.join()).hasMessage("no more");
        everyUpdateIsAccountedFor(0);
    }

    @RepeatedTest(ROUNDS)
    void aListenerIsNotCalledAfterClosingReturned() throws InterruptedException {
        AtomicBoolean isClosed = new AtomicBoolean();
        AtomicBoolean isCalledLate = new AtomicBoolean();
        CompletableFuture<@Nullable PsrpcException> end = new CompletableFuture<>();
        SubscriptionListener<StringValue> collecting = collecting(end);
        ListenedSubscription<StringValue> updates = bus.listen(SMALL, new SubscriptionListener<>() {
            @Override
            public void onUpdate(StringValue update) {
                collecting.onUpdate(update);
                isCalledLate.compareAndSet(false, isClosed.get() || end.isDone());
            }

            @Override
            public void onEnd(@Nullable PsrpcException failure) {
                isCalledLate.compareAndSet(false, isClosed.get() || end.isDone());
                collecting.onEnd(failure);
            }
        });
        Background<Void> producer = Background.run(() -> offerAll(updates.sink()));
        Background<Void> closer = Background.run(() -> {
            updates.close();
            isClosed.set(true);
        });
        updates.close();
        isClosed.set(true);
        producer.result();
        closer.result();

        assertThat(end).isCompletedWithValue(null);
        assertThat(isCalledLate).isFalse();
        everyUpdateIsAccountedFor(CAPACITY);
    }

    @RepeatedTest(ROUNDS)
    void aSubscriberGetsWhatWasNotDroppedThenTheEnd() throws InterruptedException {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        CompletableFuture<Flow.Subscription> asking = new CompletableFuture<>();
        BufferedSubscription<StringValue> updates = bus.open(SMALL);
        updates.publisher().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                asking.complete(subscription);
            }

            @Override
            public void onNext(StringValue update) {
                delivered.add(Integer.valueOf(update.getValue()));
            }

            @Override
            public void onError(Throwable failure) {
                end.complete(failure);
            }

            @Override
            public void onComplete() {
                end.completeExceptionally(new AssertionError("completed"));
            }
        });
        AtomicInteger asked = new AtomicInteger();
        Background<Void> asker = Background.run(() -> {
            while (asked.incrementAndGet() <= UPDATES) {
                asking.join().request(1);
            }
        });
        offerAll(updates.sink());
        updates.sink().end(new PsrpcException(ErrorCode.UNAVAILABLE, "no more"));
        asker.result();

        assertThat(end.join()).hasMessage("no more");
        everyUpdateIsAccountedFor(0);
    }

    /** False: it was closed instead. */
    private boolean isReadUntilFailure(BufferedSubscription<StringValue> updates) {
        try {
            for (StringValue update : updates) {
                delivered.add(Integer.valueOf(update.getValue()));
            }
            return false;
        } catch (PsrpcException e) {
            return e.code() == ErrorCode.UNAVAILABLE;
        }
    }

    private SubscriptionListener<StringValue> collecting(CompletableFuture<@Nullable PsrpcException> end) {
        return new SubscriptionListener<>() {
            @Override
            public void onUpdate(StringValue update) {
                delivered.add(Integer.valueOf(update.getValue()));
            }

            @Override
            public void onEnd(@Nullable PsrpcException failure) {
                end.complete(failure);
            }
        };
    }

    private static void offerAll(UpdateSink sink) {
        for (int i = 0; i < UPDATES; i++) {
            sink.offer(FakeBus.update(i));
        }
    }

    private void everyUpdateIsAccountedFor(int discardedAtMost) {
        assertThat(delivered).doesNotHaveDuplicates().isSorted();
        int counted =
                bus.drops.getOrDefault(DropReason.BUFFER_FULL, 0) + bus.drops.getOrDefault(DropReason.NO_LISTENER, 0);
        assertThat(UPDATES - delivered.size() - counted).isBetween(0, discardedAtMost);
    }
}
