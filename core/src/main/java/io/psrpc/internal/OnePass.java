package io.psrpc.internal;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be iterated once: takes from a source until that is empty. {@code hasNext} waits as the source does.
 *
 * @param <T> what is iterated
 */
public final class OnePass<T> implements Iterable<T> {
    private final Supplier<Optional<T>> source;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** Takes from {@code source}, whose first empty answer is the end. */
    public OnePass(Supplier<Optional<T>> source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * The one iterator.
     *
     * @throws IllegalStateException the second time
     */
    @Override
    public Iterator<T> iterator() {
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("iterator: taken already (expected: one pass)");
        }
        return new Pass<>(source);
    }

    private static final class Pass<T> implements Iterator<T> {
        private final Supplier<Optional<T>> source;
        private @Nullable T ahead;
        private boolean ended;

        Pass(Supplier<Optional<T>> source) {
            this.source = source;
        }

        @Override
        public boolean hasNext() {
            if (ahead == null && !ended) {
                ahead = source.get().orElse(null);
                ended = ahead == null;
            }
            return !ended;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T next = Objects.requireNonNull(ahead);
            ahead = null;
            return next;
        }
    }
}
