package io.psrpc.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.behaviours.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@Rows("C38")
class OutboxTest {
    private static final int MAX_BYTES = 1_000;

    private final SilentTransport transport = new SilentTransport();
    private final Outbox outbox = new Outbox(transport, MAX_BYTES);
    private final List<String> called = new ArrayList<>();

    private static final class Heard extends Outbound {
        final AtomicReference<PsrpcException> failure = new AtomicReference<>();

        @Override
        protected void published(long receivers) {}

        @Override
        protected void failed(PsrpcException failure) {
            this.failure.set(failure);
        }
    }

    private boolean publish(int bytes) {
        return outbox.tryPublish("a", new byte[bytes], Long.MAX_VALUE, false, new Heard());
    }

    private RoomWaiter waiter(String name, int bytes) {
        return new RoomWaiter(bytes, () -> called.add(name));
    }

    @Test
    void whatFindsNoRoomIsNotSent() {
        assertThat(publish(600)).isTrue();

        assertThat(publish(401)).isFalse();

        assertThat(transport.sentTo("a")).isOne();
        assertThat(outbox.pendingBytes()).isEqualTo(600);
        assertThat(outbox.pendingFrames()).isOne();
        assertThat(publish(400)).isTrue();
    }

    @Test
    void whoDoesNotWaitHearsOfIt() {
        publish(600);
        Heard heard = new Heard();

        outbox.publish("a", new byte[401], Long.MAX_VALUE, false, heard);

        assertThat(heard.failure.get().code()).isEqualTo(ErrorCode.RESOURCE_EXHAUSTED);
    }

    @Test
    void whoWaitsIsCalledInTurnAndNotBeforeThereIsRoom() {
        publish(600);
        outbox.await(waiter("large", 500));
        outbox.await(waiter("small", 100));
        outbox.await(waiter("last", 500));
        assertThat(called).isEmpty();

        outbox.release(600);

        assertThat(called).containsExactly("large", "small");
        outbox.release(0);
        assertThat(called).containsExactly("large", "small", "last");
    }

    @Test
    void whoComesWhenThereIsRoomIsCalledAtOnce() {
        publish(600);

        outbox.await(waiter("small", 400));

        assertThat(called).containsExactly("small");
    }

    @Test
    void whoNeedsMoreThanThereIsRoomForInAllIsCalledAlone() {
        publish(1);
        outbox.await(waiter("huge", 5 * MAX_BYTES));
        outbox.await(waiter("small", 1));

        outbox.release(1);

        assertThat(called).containsExactly("huge");
    }

    @Test
    void whoGoesAwayPassesHisTurnOn() {
        publish(600);
        RoomWaiter gone = waiter("gone", 500);
        outbox.await(gone);
        outbox.await(waiter("next", 300));

        outbox.forget(gone);

        assertThat(called).containsExactly("next");
        outbox.release(600);
        assertThat(called).containsExactly("next");
    }
}
