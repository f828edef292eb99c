package io.psrpc.internal.subscription;

import io.psrpc.PsrpcException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one subscriber of reactive streams has asked for and not got yet. */
final class Demand<T> implements Flow.Subscription, PumpTarget<T> {
    private final UpdateBuffer buffer;
    private final Lease lease;
    private final AtomicLong wanted = new AtomicLong();
    private volatile Runnable wake = () -> {};
    /** Forgotten once nothing is signalled any more. */
    private volatile Flow.@Nullable Subscriber<? super T> subscriber;

    private volatile @Nullable IllegalArgumentException misuse;

    Demand(Flow.Subscriber<? super T> subscriber, UpdateBuffer buffer, Lease lease) {
        this.subscriber = subscriber;
        this.buffer = buffer;
        this.lease = lease;
    }

    void onWanted(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void request(long count) {
        if (subscriber == null) {
            return;
        }
        if (count <= 0) {
            misuse = new IllegalArgumentException("request: " + count + " (expected: > 0)");
            close();
        } else {
            wanted.updateAndGet(before -> before + count < 0 ? Long.MAX_VALUE : before + count);
        }
        wake.run();
    }

    @Override
    public void cancel() {
        subscriber = null;
        close();
    }

    @Override
    public boolean isReady() {
        return wanted.get() > 0;
    }

    @Override
    public void onUpdate(T update) {
        Flow.Subscriber<? super T> to = subscriber;
        if (to != null) {
            wanted.updateAndGet(before -> before == Long.MAX_VALUE ? before : before - 1);
            to.onNext(update);
        }
    }

    @Override
    public void onDropped(long count) {}

    @Override
    public void onGap() {}

    @Override
    public void onEnd(@Nullable PsrpcException failure) {
        Flow.Subscriber<? super T> to = subscriber;
        subscriber = null;
        Throwable error = misuse == null ? failure : misuse;
        if (to == null) {
            return;
        }
        if (error == null) {
            to.onComplete();
        } else {
            to.onError(error);
        }
    }

    /** A subscriber that throws has broken its contract and gets nothing more. */
    @Override
    public void onThrown(Throwable failure) {
        cancel();
    }

    /** Does not wait for the broker: reactive streams ask for a quick return. */
    private void close() {
        buffer.close();
        lease.release();
    }
}
