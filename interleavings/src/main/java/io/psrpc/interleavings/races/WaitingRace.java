package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits in a blocking method, and others that do what it waits for, or interrupt it. These begin when it has begun.
 *
 * @param <E> what the others do
 */
abstract class WaitingRace<E> implements Race {
    private final List<List<E>> bringers;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch brought;
    private volatile @Nullable Thread waiter;
    private volatile boolean isInterrupted;
    private volatile @Nullable ErrorCode failure;

    /** @param bringers what each of the others does */
    WaitingRace(List<List<E>> bringers) {
        this.bringers = bringers;
        brought = new CountDownLatch(bringers.size());
    }

    /** Blocks. */
    abstract void await();

    /** Returns when what the others do can reach the one who waits. */
    abstract void awaitReady() throws InterruptedException;

    abstract void happen(E event);

    /** Ends the wait, whatever has happened. */
    abstract void end();

    abstract boolean isInterrupt(E event);

    /** Throws where something does not hold. */
    abstract void check(Set<E> happened);

    @Override
    public final List<Runnable> sides() {
        List<Runnable> sides = new ArrayList<>();
        sides.add(this::runWaiter);
        bringers.forEach(events -> sides.add(() -> runBringer(events)));
        return sides;
    }

    private void runWaiter() {
        waiter = Thread.currentThread();
        begun.countDown();
        try {
            await();
        } catch (PsrpcException e) {
            failure = e.code();
        }
        isInterrupted = isInterruptedOnceAllIsBrought();
    }

    private boolean isInterruptedOnceAllIsBrought() {
        boolean wasInterrupted = Thread.interrupted();
        while (brought.getCount() > 0) {
            try {
                brought.await();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        return Thread.interrupted() || wasInterrupted;
    }

    private void runBringer(List<E> events) {
        try {
            begun.await();
            awaitReady();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (E event : events) {
            if (isInterrupt(event)) {
                Objects.requireNonNull(waiter).interrupt();
            } else {
                happen(event);
            }
        }
        brought.countDown();
        end();
    }

    final @Nullable ErrorCode failure() {
        return failure;
    }

    /** An interrupt is not lost, and is made by nobody else. */
    @Override
    public final void check() {
        Set<E> happened = new HashSet<>();
        bringers.forEach(happened::addAll);
        expect("interrupted", isInterrupted, happened.stream().anyMatch(this::isInterrupt));
        check(happened);
    }
}
