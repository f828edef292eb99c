package io.psrpc.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One of the calls in flight: one after the other, and how long each took. */
final class Lane implements BiConsumer<@Nullable Object, @Nullable Throwable> {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 2;

    private final Window window;
    private final Consumer<Lane> whenFree;
    private final Histogram histogram = emptyHistogram();
    private long startNanos;

    /** @param whenFree told when a call has ended; after that the next may begin */
    Lane(Window window, Consumer<Lane> whenFree) {
        this.window = window;
        this.whenFree = whenFree;
    }

    static Histogram emptyHistogram() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    Histogram histogram() {
        return histogram;
    }

    void begin() {
        startNanos = System.nanoTime();
    }

    /** The call has ended. */
    @Override
    public void accept(@Nullable Object answer, @Nullable Throwable failure) {
        if (failure != null) {
            window.fail(failure);
        } else if (window.isMeasured()) {
            histogram.recordValue(Math.min(System.nanoTime() - startNanos, LONGEST_NANOS));
        }
        whenFree.accept(this);
    }
}
