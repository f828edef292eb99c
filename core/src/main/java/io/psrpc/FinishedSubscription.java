package io.psrpc;

import io.psrpc.internal.OnePass;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;

/** A subscription that was over before it was read. */
final class FinishedSubscription<T> implements Subscription<T> {
    private final Queue<T> left = new ConcurrentLinkedQueue<>();
    private final OnePass<T> pass = new OnePass<>(this::next);
    private final FinishedPublisher<T> publisher = new FinishedPublisher<>(this);

    FinishedSubscription(T[] updates) {
        for (T update : updates) {
            left.add(Objects.requireNonNull(update, "update"));
        }
    }

    @Override
    public Optional<T> next() {
        return Optional.ofNullable(left.poll());
    }

    @Override
    public Optional<T> next(Duration wait) {
        Objects.requireNonNull(wait, "wait");
        return next();
    }

    @Override
    public Iterator<T> iterator() {
        return pass.iterator();
    }

    @Override
    public boolean isClosed() {
        return left.isEmpty();
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public long gaps() {
        return 0;
    }

    @Override
    public Flow.Publisher<T> publisher() {
        return publisher;
    }

    @Override
    public void close() {
        left.clear();
    }
}
