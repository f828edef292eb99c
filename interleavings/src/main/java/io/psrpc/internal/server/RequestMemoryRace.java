package io.psrpc.internal.server;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.interleavings.races.Race;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One request delivered on three threads, to a table that must be laid anew: it is new once. */
public final class RequestMemoryRace implements Race {
    private static final int STRIPES = 16;
    private static final long SOON = 10;
    private static final long LATER = 100;

    private final RequestMemory memory = new RequestMemory(1, 64 * STRIPES);
    private final AtomicInteger runs = new AtomicInteger();

    public RequestMemoryRace() {
        for (int i = 0; i < 30 * STRIPES; i++) {
            memory.keep("CLI", "before-" + i, 0, 0, SOON);
        }
    }

    @Override
    public List<Runnable> sides() {
        return List.of(this::deliver, this::deliver, this::deliver);
    }

    private void deliver() {
        if (memory.keep("CLI", "REQ", 0, SOON, LATER) == RequestMemory.Outcome.NEW) {
            runs.incrementAndGet();
        }
    }

    @Override
    public void check() {
        expect("runs", runs.get(), 1);
        expect("kept", memory.keep("CLI", "REQ", 0, SOON, LATER), RequestMemory.Outcome.SEEN_BEFORE);
    }
}
