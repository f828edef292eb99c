package io.psrpc;

import io.psrpc.internal.OnePass;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A call that was over before it was read. */
final class FinishedResponses<T> implements Responses<T> {
    private final Queue<Response<T>> left = new ConcurrentLinkedQueue<>();
    private final End last;
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();
    private final OnePass<Response<T>> pass = new OnePass<>(this::next);

    FinishedResponses(Response<T>[] responses) {
        for (Response<T> response : responses) {
            left.add(Objects.requireNonNull(response, "response"));
        }
        last = left.isEmpty() ? End.NOBODY_THERE : End.EVERYONE_ANSWERED;
    }

    @Override
    public Optional<Response<T>> next() {
        Optional<Response<T>> next = Optional.ofNullable(left.poll());
        if (next.isEmpty()) {
            end.compareAndSet(null, last);
        }
        return next;
    }

    @Override
    public Optional<Response<T>> next(Duration wait) {
        Objects.requireNonNull(wait, "wait");
        return next();
    }

    @Override
    public Iterator<Response<T>> iterator() {
        return pass.iterator();
    }

    @Override
    public End end() {
        End reached = end.get();
        if (reached == null) {
            throw new IllegalStateException("end: not known yet (expected: after next() was empty)");
        }
        return reached;
    }

    @Override
    public void close() {
        end.compareAndSet(null, End.CLOSED);
        left.clear();
    }
}
