package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.PsrpcException;
import io.psrpc.bus.PublishListener;
import io.psrpc.internal.routing.Outbound;
import io.psrpc.internal.routing.Outbox;
import io.psrpc.internal.routing.RoomWaiter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Someone who waits for room in an outbox that is full, and two frames that leave it. */
final class RoomRace implements Race {
    private static final int BYTES = 10;

    private final StillTransport transport = new StillTransport(Runnable::run);
    private final Outbox outbox = new Outbox(transport, 2 * BYTES);
    private final Frame first = new Frame();
    private final Frame second = new Frame();
    private final AtomicInteger called = new AtomicInteger();

    RoomRace() {
        first.publish(outbox);
        second.publish(outbox);
        expect("bytes waiting", outbox.pendingBytes(), 2L * BYTES);
    }

    static NamedRace race() {
        return new NamedRace("outbox", "[[waits], [leaves], [leaves]]", RoomRace::new);
    }

    @Override
    public List<Runnable> sides() {
        return List.of(
                () -> outbox.await(new RoomWaiter(BYTES, called::incrementAndGet)),
                () -> first.onPublished(PublishListener.UNKNOWN),
                () -> second.onPublished(PublishListener.UNKNOWN));
    }

    @Override
    public void check() {
        expect("called", called.get(), 1);
        expect("bytes waiting", outbox.pendingBytes(), 0L);
    }

    /** One that leaves when the race says so. */
    private static final class Frame extends Outbound {
        void publish(Outbox outbox) {
            outbox.publish("anywhere", new byte[BYTES], 0, true, this);
        }

        @Override
        protected void published(long receivers) {}

        @Override
        protected void failed(PsrpcException failure) {}
    }
}
