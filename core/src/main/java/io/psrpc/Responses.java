package io.psrpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The answers of one multi call, as they arrive. One consumer, one pass: every way of reading takes from the same answers. Close it:
 * that ends the call.
 *
 * @param <T> the answers' message
 */
public interface Responses<T> extends Iterable<Response<T>>, AutoCloseable {
    /**
     * The next answer; waits for it.
     *
     * @return empty at the end of the call; {@link #end()} says why it ended
     * @throws PsrpcException the failure of the call itself; {@code CANCELED} when interrupted
     */
    Optional<Response<T>> next();

    /**
     * The next answer; waits for it, but not longer than {@code wait}; zero: takes what is there.
     *
     * @return empty when none came in time, or at the end of the call
     * @throws PsrpcException the failure of the call itself; {@code CANCELED} when interrupted
     */
    Optional<Response<T>> next(Duration wait);

    /**
     * The answers from here on. {@code hasNext} waits.
     *
     * @throws IllegalStateException the second time
     */
    @Override
    Iterator<Response<T>> iterator();

    /** The answers from here on, as {@link #iterator()} has them, and instead of it. Closing the stream closes this. */
    default Stream<Response<T>> stream() {
        int characteristics = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), characteristics), false)
                .onClose(this::close);
    }

    /** The answers from here on; waits for the end of the call. */
    default List<Response<T>> toList() {
        List<Response<T>> list = new ArrayList<>();
        for (Optional<Response<T>> next = next(); next.isPresent(); next = next()) {
            list.add(next.get());
        }
        return List.copyOf(list);
    }

    /**
     * Why the call ended.
     *
     * @throws IllegalStateException before {@link #next()} was empty, as the call has not ended for the consumer
     */
    End end();

    /** Ends the call. Answers that were not taken are gone. May be called twice, and from any thread. */
    @Override
    void close();

    /**
     * A finished call, for fakes: these answers, then the end, which is {@link End#EVERYONE_ANSWERED}, or {@link End#NOBODY_THERE}
     * without any.
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // The array is read and not kept.
    static <T> Responses<T> of(Response<T>... responses) {
        return new FinishedResponses<>(responses);
    }

    /** Why a multi call ended. */
    enum End {
        /** Every server has answered that the broker counted. */
        EVERYONE_ANSWERED,
        /** As many have answered as {@link CallOptions#expectedResponses()} says. */
        EXPECTED_REACHED,
        /** The time was up; there may be servers that did not answer. */
        DEADLINE,
        /** It was closed. */
        CLOSED,
        /** The broker found no server. */
        NOBODY_THERE
    }
}
