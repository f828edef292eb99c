package io.psrpc.internal.subscription;

import com.google.protobuf.Message;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A subscription's updates for one subscriber; a second one is refused. */
final class UpdatePublisher<T extends Message> implements Flow.Publisher<T> {
    private final UpdateBuffer buffer;
    private final UpdateDecoder<T> decoder;
    private final Executor callbacks;
    private final LossReport report;
    private final Lease lease;
    private final AtomicReference<@Nullable Pump<T>> pump = new AtomicReference<>();

    UpdatePublisher(UpdateBuffer buffer, UpdateDecoder<T> decoder, Executor callbacks, LossReport report, Lease lease) {
        this.buffer = buffer;
        this.decoder = decoder;
        this.callbacks = callbacks;
        this.report = report;
        this.lease = lease;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        Demand<T> demand = new Demand<>(subscriber, buffer, lease);
        Pump<T> own = new Pump<>(buffer, decoder, demand, callbacks, report);
        if (!pump.compareAndSet(null, own)) {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(new IllegalStateException("subscriber: a second one (expected: one)"));
            return;
        }
        demand.onWanted(own::wake);
        own.start(() -> subscriber.onSubscribe(demand));
    }

    /** After the buffer was closed: as {@link Pump#finish}, if there is a subscriber. */
    void finish() {
        Pump<T> own = pump.get();
        if (own != null) {
            own.finish();
        }
    }

    private record Refused() implements Flow.Subscription {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    }
}
