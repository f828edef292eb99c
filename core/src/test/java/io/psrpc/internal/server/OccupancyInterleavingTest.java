package io.psrpc.internal.server;

import static io.psrpc.internal.interleaving.Race.expect;

import io.psrpc.internal.interleaving.Race;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Draining ends when the last request has left, and not before. */
final class OccupancyInterleavingTest {
    private static final int TIMES = 2_000;

    @Test
    void occupancyIsIdleWhenTheLastHasLeft() {
        Race.runTogether(TIMES, OccupancyRace::new);
    }

    @Test
    void nothingIsUndecidedWhenTheLastHasLeft() {
        Race.runTogether(TIMES, UndecidedRace::new);
    }

    /** One request is in; another comes and goes, or is refused; the server closes. */
    private static final class OccupancyRace implements Race {
        private final Occupancy occupancy = new Occupancy(2);
        private final AtomicReference<CompletableFuture<Void>> idle = new AtomicReference<>();
        private volatile boolean hasFirstLeft;

        OccupancyRace() {
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
                if (idle.get() != null) {
                    expect("idle while one is in", idle.get().isDone(), false);
                }
                occupancy.leave();
            }
        }

        private void close() {
            CompletableFuture<Void> waiting = occupancy.close();
            waiting.thenRun(() -> expect("first has left when idle", hasFirstLeft, true));
            idle.set(waiting);
        }

        @Override
        public void check() {
            expect("count", occupancy.count(), 0);
            expect("enter when closed", occupancy.enter(), Occupancy.Entry.CLOSED);
            expect("idle", idle.get().isDone(), true);
            idle.get().join();
            expect("closed again", occupancy.close().isDone(), true);
        }
    }

    private static final class UndecidedRace implements Race {
        private final Undecided undecided = new Undecided();
        private final AtomicReference<CompletableFuture<Void>> idle = new AtomicReference<>();

        UndecidedRace() {
            undecided.enter();
            undecided.enter();
        }

        @Override
        public List<Runnable> sides() {
            return List.of(undecided::leave, undecided::leave, () -> idle.set(undecided.whenNone()));
        }

        @Override
        public void check() {
            expect("idle", idle.get().isDone(), true);
        }
    }
}
