package io.psrpc.internal.server;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.interleavings.races.Race;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One request is in; another comes and goes, or is refused; the server closes. It is idle when the last has left, and not before. */
public final class OccupancyRace implements Race {
    private final Occupancy occupancy = new Occupancy(2);
    private final AtomicReference<@Nullable CompletableFuture<Void>> idle = new AtomicReference<>();
    private volatile boolean hasFirstLeft;

    public OccupancyRace() {
        expect("first", occupancy.enter(), Occupancy.Entry.ENTERED);
    }

    @Override
    public List<Runnable> sides() {
        return List.of(this::leaveFirst, this::comeAndGo, this::close);
    }

    private void leaveFirst() {
        hasFirstLeft = true;
        occupancy.leave();
    }

    private void comeAndGo() {
        if (occupancy.enter() == Occupancy.Entry.ENTERED) {
            CompletableFuture<Void> waiting = idle.get();
            expect(waiting == null || !waiting.isDone(), "idle while one is in");
            occupancy.leave();
        }
    }

    private void close() {
        CompletableFuture<Void> waiting = occupancy.close();
        idle.set(waiting.thenRun(() -> expect(hasFirstLeft, "idle before the first has left")));
    }

    @Override
    public void check() {
        expect("count", occupancy.count(), 0);
        expect("enter when closed", occupancy.enter(), Occupancy.Entry.CLOSED);
        CompletableFuture<Void> waiting = Objects.requireNonNull(idle.get());
        expect(waiting.isDone(), "not idle");
        waiting.join();
        expect(occupancy.close().isDone(), "not idle when closed again");
    }
}
