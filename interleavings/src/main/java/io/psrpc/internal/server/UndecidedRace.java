package io.psrpc.internal.server;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.interleavings.races.Race;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Two requests are decided while someone asks when none is left to be: he is told. */
public final class UndecidedRace implements Race {
    private final Undecided undecided = new Undecided();
    private final AtomicReference<@Nullable CompletableFuture<Void>> none = new AtomicReference<>();

    public UndecidedRace() {
        undecided.enter();
        undecided.enter();
    }

    @Override
    public List<Runnable> sides() {
        return List.of(undecided::leave, undecided::leave, () -> none.set(undecided.whenNone()));
    }

    @Override
    public void check() {
        expect(Objects.requireNonNull(none.get()).isDone(), "some are left");
    }
}
