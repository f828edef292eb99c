package io.psrpc.internal.subscription;

import static io.psrpc.internal.subscription.FakeBus.buffer;
import static io.psrpc.internal.subscription.FakeBus.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.StringValue;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class BufferedSubscriptionTest {
    private final FakeBus bus = new FakeBus();

    @Test
    void deliversUpdatesInOrder() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        offer(updates, 1, 3);

        assertThat(updates.next()).contains(StringValue.of("1"));
        assertThat(updates.next(Duration.ofDays(1))).contains(StringValue.of("2"));
        assertThat(updates.iterator().next()).isEqualTo(StringValue.of("3"));
        assertThat(updates.dropped()).isZero();
        assertThat(bus.time.pending()).isZero();
    }

    @Test
    void aFullBufferDropsTheOldestUpdate() {
        BufferedSubscription<StringValue> updates = bus.open(buffer(3, Overflow.DROP_OLDEST));
        offer(updates, 1, 5);

        assertThat(buffered(updates)).containsExactly("3", "4", "5");
        assertThat(updates.dropped()).isEqualTo(2);
        assertThat(bus.drops).containsEntry(DropReason.BUFFER_FULL, 2);
    }

    @Test
    void aFullBufferDropsTheNewestUpdate() {
        BufferedSubscription<StringValue> updates = bus.open(buffer(3, Overflow.DROP_NEWEST));
        offer(updates, 1, 5);

        assertThat(buffered(updates)).containsExactly("1", "2", "3");
        assertThat(updates.dropped()).isEqualTo(2);
        assertThat(bus.drops).containsEntry(DropReason.BUFFER_FULL, 2);
    }

    @Test
    void aFullBufferEndsTheSubscriptionAfterWhatWasBuffered() {
        BufferedSubscription<StringValue> updates = bus.open(buffer(3, Overflow.FAIL));
        offer(updates, 1, 5);

        assertThat(bus.unsubscribed).hasValue(1);
        assertThat(updates.isClosed()).isFalse();
        Iterator<StringValue> iterator = updates.iterator();
        assertThat(List.of(iterator.next(), iterator.next(), iterator.next()))
                .extracting(StringValue::getValue)
                .containsExactly("1", "2", "3");
        PsrpcException failure = catchThrowableOfType(PsrpcException.class, iterator::hasNext);
        assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
        assertThat(failure).hasMessageContaining("capacity: 3 updates of subscription news");
        assertThat(updates.isClosed()).isTrue();
        assertThat(bus.drops).containsEntry(DropReason.BUFFER_FULL, 1).containsEntry(DropReason.NO_LISTENER, 1);
    }

    @Test
    void hasRoomUntilTheBufferIsFullOrTheSubscriptionEnds() {
        BufferedSubscription<StringValue> updates = bus.open(buffer(2, Overflow.DROP_OLDEST));
        assertThat(updates.sink().hasRoom()).isTrue();
        offer(updates, 1, 2);
        assertThat(updates.sink().hasRoom()).isFalse();
        updates.next();
        assertThat(updates.sink().hasRoom()).isTrue();
        updates.sink().end(unavailable());
        assertThat(updates.sink().hasRoom()).isFalse();
    }

    @Test
    void aFewHugeUpdatesFillTheBuffer() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        String megabyte = "x".repeat(1 << 20);
        for (int i = 0; i < 64; i++) {
            assertThat(updates.sink().hasRoom()).isTrue();
            updates.sink().offer(update(megabyte));
        }

        assertThat(updates.sink().hasRoom()).isFalse();
        updates.sink().offer(update(megabyte));
        assertThat(updates.dropped()).isEqualTo(1);
        assertThat(buffered(updates)).hasSize(64);
        assertThat(updates.sink().hasRoom()).isTrue();
    }

    @Test
    void anUpdateLargerThanTheBoundIsDelivered() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        updates.sink().offer(update("x".repeat((int) UpdateBuffer.MAX_BYTES + 1)));

        assertThat(updates.next(Duration.ZERO)).isPresent();
        assertThat(updates.dropped()).isZero();
    }

    @Test
    void returnsEmptyWhenNothingCameInTime() throws InterruptedException {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        Background<Optional<StringValue>> reader = Background.run(() -> updates.next(Duration.ofSeconds(5)));
        bus.time.awaitScheduled();
        bus.time.advance(Duration.ofSeconds(5));

        assertThat(reader.result()).isEmpty();
        assertThat(updates.isClosed()).isFalse();
        assertThat(updates.next(Duration.ZERO)).isEmpty();
        assertThat(updates.next(Duration.ofSeconds(-1))).isEmpty();
    }

    @Test
    void whatCannotBeReadDoesNotProlongTheWait() throws InterruptedException {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        Background<Optional<StringValue>> reader = Background.run(() -> updates.next(Duration.ofSeconds(5)));
        bus.time.awaitScheduled();
        bus.time.advance(Duration.ofSeconds(4));
        updates.sink()
                .offer(FakeBus.envelope(
                        FakeBus.msg(StringValue.of("a").toByteString()).setTypeUrl("x/other")));
        bus.time.advance(Duration.ofSeconds(1));

        assertThat(reader.result()).isEmpty();
    }

    @Test
    void aWaitOfAgesEndsWithTheUpdate() throws InterruptedException {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        Background<Optional<StringValue>> reader =
                Background.run(() -> updates.next(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999)));
        offer(updates, 1, 1);

        assertThat(reader.result()).contains(StringValue.of("1"));
    }

    @Test
    void anInterruptedReaderIsCanceledAndStaysInterrupted() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        Thread.currentThread().interrupt();
        PsrpcException failure = catchThrowableOfType(PsrpcException.class, updates::next);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELED);
        offer(updates, 1, 1);
        assertThat(updates.next()).contains(StringValue.of("1"));
    }

    @Test
    void aFailureIsThrownAfterWhatWasBuffered() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        offer(updates, 1, 1);
        PsrpcException failure = unavailable();
        updates.sink().end(failure);
        updates.sink().end(null);

        assertThat(updates.next()).isPresent();
        assertThat(updates.isClosed()).isFalse();
        PsrpcException thrown = catchThrowableOfType(PsrpcException.class, updates::next);
        assertThat(thrown).isNotSameAs(failure).hasMessage(failure.getMessage());
        assertThat(thrown.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(updates.isClosed()).isTrue();
        assertThatThrownBy(updates::next).isNotSameAs(thrown).isInstanceOf(PsrpcException.class);
        updates.close();
        assertThat(updates.next()).isEmpty();
    }

    @Test
    void anEndWithoutFailureDiscardsWhatWasBuffered() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        offer(updates, 1, 3);
        updates.sink().end(null);

        assertThat(updates.isClosed()).isTrue();
        assertThat(updates.next()).isEmpty();
        assertThat(updates.iterator()).isExhausted();
    }

    @Test
    @Rows("B18")
    void everyGapIsCounted() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        updates.sink().gap();
        offer(updates, 1, 1);
        updates.sink().gap();

        assertThat(updates.gaps()).isEqualTo(2);
        assertThat(buffered(updates)).containsExactly("1");
    }

    @Test
    @Rows({"B03", "C39"})
    void aSubscriptionThatNobodyReadsHoldsUpNoOther() {
        BufferedSubscription<StringValue> slow = bus.open(buffer(1, Overflow.DROP_OLDEST));
        BufferedSubscription<StringValue> quick = bus.open(SubscriptionOptions.DEFAULT);
        List<String> read = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            slow.sink().offer(update(i));
            quick.sink().offer(update(i));
            read.addAll(buffered(quick));
        }

        assertThat(read).hasSize(10_000);
        assertThat(slow.dropped()).isEqualTo(9_999);
        assertThat(quick.dropped()).isZero();
    }

    @Test
    void thereIsOnePass() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        Iterator<StringValue> iterator = updates.iterator();

        assertThatThrownBy(updates::iterator).isInstanceOf(IllegalStateException.class);
        updates.close();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aSecondReaderIsRefused() throws InterruptedException {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);
        Background<Optional<StringValue>> reader = Background.run(() -> updates.next(Duration.ofDays(1)));
        bus.time.awaitScheduled();

        assertThatThrownBy(updates::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reads (expected: one consumer)");
        assertThatThrownBy(updates::publisher).isInstanceOf(IllegalStateException.class);
        offer(updates, 1, 1);
        assertThat(reader.result()).isPresent();
    }

    @Test
    void aReaderBesideThePublisherIsRefused() {
        BufferedSubscription<StringValue> updates = bus.open(SubscriptionOptions.DEFAULT);

        assertThat(updates.publisher()).isSameAs(updates.publisher());
        assertThatThrownBy(updates::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("next: called while its publisher was taken (expected: one consumer)");
    }

    private static PsrpcException unavailable() {
        return new PsrpcException(ErrorCode.UNAVAILABLE, "no more");
    }

    private static void offer(BufferedSubscription<?> updates, int first, int last) {
        for (int i = first; i <= last; i++) {
            updates.sink().offer(update(i));
        }
    }

    private static List<String> buffered(Subscription<StringValue> updates) {
        List<String> read = new ArrayList<>();
        for (Optional<StringValue> next = updates.next(Duration.ZERO);
                next.isPresent();
                next = updates.next(Duration.ZERO)) {
            read.add(next.get().getValue());
        }
        return read;
    }
}
