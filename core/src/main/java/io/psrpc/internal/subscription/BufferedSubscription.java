package io.psrpc.internal.subscription;

import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.internal.ApiAccess;
import io.psrpc.internal.OnePass;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.wire.Envelope;
import java.time.Duration;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that its consumer reads.
 *
 * @param <T> the updates' message
 */
public final class BufferedSubscription<T extends Message> implements Subscription<T> {
    private final SubscriptionHost host;
    private final Lease lease;
    private final UpdateBuffer buffer;
    private final UpdateDecoder<T> decoder;
    private final UpdatePublisher<T> publisher;
    private final OnePass<T> pass = new OnePass<>(this::next);
    /** The thread that reads, or the publisher once it is out, or null. */
    private final AtomicReference<@Nullable Object> consumer = new AtomicReference<>();

    private BufferedSubscription(
            SubscriptionHost host, String name, T prototype, SubscriptionOptions options, Upstream upstream) {
        this.host = host;
        LossReport report = new LossReport(name, host);
        lease = new Lease(upstream, report);
        buffer = new UpdateBuffer(name, options, false, report, lease);
        decoder = new UpdateDecoder<>(prototype, host.maxInflatedBytes(), buffer, report);
        publisher = new UpdatePublisher<>(buffer, decoder, host.callbacks(), report, lease);
    }

    /**
     * Opens one.
     *
     * @param name the channel, for messages
     */
    public static <T extends Message> BufferedSubscription<T> open(
            SubscriptionHost host, String name, T prototype, SubscriptionOptions options, Upstream upstream) {
        return new BufferedSubscription<>(host, name, prototype, options, upstream);
    }

    /** Where what arrives is put. */
    public UpdateSink sink() {
        return buffer;
    }

    /**
     * {@inheritDoc}
     *
     * @throws PsrpcException as well {@code FAILED_PRECONDITION} on a thread of the engine, which must not wait
     * @throws IllegalStateException if another thread reads, or the publisher was taken
     */
    @Override
    public Optional<T> next() {
        refuseEngineThread();
        return read(null);
    }

    /**
     * {@inheritDoc} A wait of zero or less does not wait.
     *
     * @throws PsrpcException as {@link #next()}; on a thread of the engine only if it may wait
     * @throws IllegalStateException as {@link #next()}
     */
    @Override
    public Optional<T> next(Duration wait) {
        Objects.requireNonNull(wait, "wait");
        if (!wait.isZero() && !wait.isNegative()) {
            refuseEngineThread();
        }
        return read(wait);
    }

    @Override
    public Iterator<T> iterator() {
        return pass.iterator();
    }

    @Override
    public boolean isClosed() {
        return buffer.isOver();
    }

    @Override
    public long dropped() {
        return buffer.dropped();
    }

    @Override
    public long gaps() {
        return buffer.gaps();
    }

    /**
     * {@inheritDoc} Signals come on the callback executor.
     *
     * @throws IllegalStateException while a thread reads
     */
    @Override
    public Flow.Publisher<T> publisher() {
        Object before = consumer.compareAndExchange(null, publisher);
        if (before != null && before != publisher) {
            throw new IllegalStateException("publisher: asked for while " + before + " reads (expected: one consumer)");
        }
        return publisher;
    }

    /**
     * {@inheritDoc} Waits for the publisher's signal in progress, too, unless it is called within that; a subscriber gets {@code
     * onComplete}. On a thread of the engine it does not wait.
     */
    @Override
    public void close() {
        buffer.close();
        lease.release();
        publisher.finish();
        lease.releaseAndWait();
    }

    private Optional<T> read(@Nullable Duration wait) {
        Object before = consumer.compareAndExchange(null, Thread.currentThread());
        if (before != null) {
            String other = before == publisher ? "its publisher was taken" : before + " reads";
            throw new IllegalStateException("next: called while " + other + " (expected: one consumer)");
        }
        try (Arrival arrival = new Arrival(buffer, host.time(), wait)) {
            return firstReadable(arrival);
        } finally {
            consumer.set(null);
        }
    }

    private Optional<T> firstReadable(Arrival arrival) {
        Object item = arrival.next();
        while (item instanceof Envelope envelope) {
            T update = decoder.decode(envelope);
            if (update != null) {
                return buffer.isOver() ? Optional.empty() : Optional.of(update);
            }
            item = arrival.next();
        }
        if (item instanceof End end && end.failure() != null) {
            throw ApiAccess.get().rethrowable(end.failure());
        }
        return Optional.empty();
    }

    private static void refuseEngineThread() {
        if (EngineThread.isCurrent()) {
            throw new PsrpcException(
                    ErrorCode.FAILED_PRECONDITION,
                    "next: called on a thread of the engine, which must not wait (expected: another thread, a"
                            + " SubscriptionListener, or an executor in BusOptions that runs callbacks on threads of its own)");
        }
    }
}
