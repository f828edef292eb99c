package io.psrpc.internal.subscription;

import static io.psrpc.internal.subscription.FakeBus.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.SubscriptionOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.execution.EngineThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ClosingTest {
    private final FakeBus bus = new FakeBus();
    private final BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);

    @Test
    @Rows("B02")
    void nothingIsDeliveredAfterwards() {
        updates.sink().offer(update("buffered"));
        updates.close();
        updates.sink().offer(update("late"));
        updates.sink().gap();

        assertThat(updates.isClosed()).isTrue();
        assertThat(updates.next()).isEmpty();
        assertThat(updates.next(Duration.ofDays(1))).isEmpty();
        assertThat(updates.iterator().hasNext()).isFalse();
        assertThat(updates.gaps()).isZero();
        assertThat(bus.drops).containsOnlyKeys(DropReason.NO_LISTENER);
    }

    @Test
    @Rows("B02")
    void aBlockedReaderWakes() throws InterruptedException {
        Background<Optional<StringValue>> reader = Background.run(() -> updates.next(Duration.ofDays(1)));
        bus.time.awaitScheduled();
        updates.close();

        assertThat(reader.result()).isEmpty();
        assertThat(bus.time.pending()).isZero();
    }

    @Test
    @Rows({"B02", "N03"})
    void aFullBufferDoesNotHoldItUp() {
        for (int i = 0; i < 2_000; i++) {
            updates.sink().offer(update(i));
        }
        updates.close();

        assertThat(updates.next()).isEmpty();
        assertThat(updates.sink().hasRoom()).isFalse();
    }

    @Test
    @Rows("B02")
    void theConsumersOwnLoopMayDoIt() {
        for (int i = 0; i < 5; i++) {
            updates.sink().offer(update(i));
        }
        List<StringValue> read = new ArrayList<>();
        for (StringValue update : updates) {
            read.add(update);
            updates.close();
        }

        assertThat(read).containsExactly(StringValue.of("0"));
    }

    @Test
    void givesTheSubscriptionBackOnce() {
        updates.close();
        updates.close();

        assertThat(bus.unsubscribed).hasValue(1);
    }

    @Test
    void returnsWhenTheBrokerHasConfirmed() throws InterruptedException {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        CompletableFuture<Void> confirmation = new CompletableFuture<>();
        AtomicBoolean isConfirmed = new AtomicBoolean();
        BufferedSubscription<StringValue> slowly = bus.open(SubscriptionOptions.DEFAULT, () -> {
            asked.complete(null);
            return confirmation;
        });
        Background<Boolean> closing = Background.run(() -> {
            slowly.close();
            return isConfirmed.get();
        });
        asked.join();
        isConfirmed.set(true);
        confirmation.complete(null);

        assertThat(closing.result()).isTrue();
    }

    @Test
    void anUnconfirmedEndIsAnEnd() {
        BufferedSubscription<StringValue> failing = bus.open(
                SubscriptionOptions.DEFAULT,
                () -> CompletableFuture.failedFuture(new PsrpcException(ErrorCode.UNAVAILABLE, "gone")));
        failing.close();
        BufferedSubscription<StringValue> throwing = bus.open(SubscriptionOptions.DEFAULT, () -> {
            throw new IllegalStateException("gone");
        });
        throwing.close();

        assertThat(failing.isClosed()).isTrue();
        assertThat(throwing.isClosed()).isTrue();
    }

    @Test
    void anInterruptedThreadDoesNotWaitForTheBroker() {
        BufferedSubscription<StringValue> slowly = bus.open(SubscriptionOptions.DEFAULT, CompletableFuture::new);
        Thread.currentThread().interrupt();
        slowly.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(slowly.next()).isEmpty();
    }

    @Test
    void aThreadOfTheEngineDoesNotWaitForTheBroker() {
        BufferedSubscription<StringValue> slowly = bus.open(SubscriptionOptions.DEFAULT, CompletableFuture::new);
        EngineThread.run(slowly::close);

        assertThat(slowly.next()).isEmpty();
    }

    @Test
    @Rows("C39")
    void aThreadOfTheEngineMustNotWaitForUpdates() {
        updates.sink().offer(update("a"));
        EngineThread.run(() -> {
            PsrpcException failure = catchThrowableOfType(PsrpcException.class, updates::next);
            assertThat(failure.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
            assertThat(failure).hasMessageContaining("a SubscriptionListener");
            PsrpcException timed = catchThrowableOfType(PsrpcException.class, () -> updates.next(Duration.ofNanos(1)));
            assertThat(timed.code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
            assertThat(updates.next(Duration.ZERO)).isPresent();
        });
    }
}
