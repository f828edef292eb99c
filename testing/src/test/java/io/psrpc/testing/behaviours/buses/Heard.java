package io.psrpc.testing.behaviours.buses;

import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What a subscription of either flavour brings. */
interface Heard<T> extends AutoCloseable {
    /** The next update, for which it waits. */
    T next();

    /** Those that are here now. */
    List<T> now();

    long gaps();

    @Override
    void close();

    /** The next {@code count} updates. */
    default List<T> next(int count) {
        List<T> updates = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            updates.add(next());
        }
        return updates;
    }

    /** Of a subscription that is read. */
    record Pulled<T>(Subscription<T> subscription) implements Heard<T> {
        @Override
        public T next() {
            return Threads.join(Threads.run(this::read));
        }

        @Override
        public List<T> next(int count) {
            return Threads.join(Threads.run(() -> {
                List<T> updates = new ArrayList<>(count);
                while (updates.size() < count) {
                    updates.add(read());
                }
                return updates;
            }));
        }

        private T read() {
            return subscription.next().orElseThrow(() -> new AssertionError("closed"));
        }

        @Override
        public List<T> now() {
            List<T> updates = new ArrayList<>();
            for (Optional<T> next = poll(); next.isPresent(); next = poll()) {
                updates.add(next.get());
            }
            return updates;
        }

        private Optional<T> poll() {
            return subscription.next(Duration.ZERO);
        }

        @Override
        public long gaps() {
            return subscription.gaps();
        }

        @Override
        public void close() {
            subscription.close();
        }
    }

    /** Of a subscription that calls a listener. */
    final class Pushed<T> implements Heard<T>, SubscriptionListener<T> {
        private final BlockingQueue<T> updates = new LinkedBlockingQueue<>();
        private final AtomicInteger gaps = new AtomicInteger();
        private @Nullable Registration registration;

        void of(Registration registration) {
            this.registration = registration;
        }

        @Override
        public void onUpdate(T update) {
            updates.add(update);
        }

        @Override
        public void onGap() {
            gaps.incrementAndGet();
        }

        @Override
        public void onEnd(@Nullable PsrpcException failure) {}

        @Override
        public T next() {
            try {
                T update = updates.poll(Threads.LIMIT_SECONDS, TimeUnit.SECONDS);
                if (update == null) {
                    throw new AssertionError("update: none (expected: one)");
                }
                return update;
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }

        @Override
        public List<T> now() {
            List<T> here = new ArrayList<>();
            updates.drainTo(here);
            return here;
        }

        @Override
        public long gaps() {
            return gaps.get();
        }

        @Override
        public void close() {
            Objects.requireNonNull(registration, "registration").close();
        }
    }
}
