package io.psrpc;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Flow;

/**
 * The updates of a method, or of a channel of one's own, in order. One consumer: every way of reading takes from the same updates. Ends
 * when it is closed, or by a failure, which is thrown after what was buffered. Close it.
 *
 * @param <T> the updates' message
 */
public interface Subscription<T> extends Iterable<T>, AutoCloseable {
    /**
     * The next update; waits for it.
     *
     * @return empty only when closed
     * @throws PsrpcException the failure that ended it; {@code CANCELED} when interrupted, or when the client is closed
     */
    Optional<T> next();

    /**
     * The next update; waits for it, but not longer than {@code wait}; zero: takes what is there.
     *
     * @return empty when none came in time, or when closed: {@link #isClosed()} tells
     * @throws PsrpcException as {@link #next()}
     */
    Optional<T> next(Duration wait);

    /**
     * The updates from here on, until it is closed. {@code hasNext} waits.
     *
     * @throws IllegalStateException the second time: there is one pass
     */
    @Override
    Iterator<T> iterator();

    /** True: nothing comes any more. */
    boolean isClosed();

    /** How many updates were lost here, as the buffer was full or they could not be read. */
    long dropped();

    /** How often the bus was away: updates of those moments are gone, so reload what they build on. */
    long gaps();

    /**
     * The updates from here on as a publisher of reactive streams, instead of the ways above. Takes one subscriber; a second one gets
     * an {@link IllegalStateException}. Cancelling closes this.
     */
    Flow.Publisher<T> publisher();

    /** Ends it, and returns when the broker has confirmed. What was buffered is gone. May be called twice, and from any thread. */
    @Override
    void close();

    /** These updates, then the end: for fakes. */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is read and not kept.
    static <T> Subscription<T> of(T... updates) {
        return new FinishedSubscription<>(updates);
    }
}
