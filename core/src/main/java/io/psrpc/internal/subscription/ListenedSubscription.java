package io.psrpc.internal.subscription;

import com.google.protobuf.Message;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import org.jspecify.annotations.Nullable;

/**
 * A subscription that calls a listener, on the callback executor.
 *
 * <p>Closing it waits for the call in progress and calls {@code onEnd(null)} on the closing thread; when it returns, nothing is called
 * any more. Closed from within a call of its own, it lets that call return and {@code onEnd(null)} follow it. Two listeners that close
 * each other's subscription at the same time wait for each other for ever.
 *
 * @param <T> the updates' message
 */
public final class ListenedSubscription<T extends Message> implements Registration {
    private final Lease lease;
    private final UpdateBuffer buffer;
    private final Pump<T> pump;

    private ListenedSubscription(
            SubscriptionHost host,
            String name,
            T prototype,
            SubscriptionOptions options,
            SubscriptionListener<? super T> listener,
            Upstream upstream) {
        LossReport report = new LossReport(name, host);
        lease = new Lease(upstream, report);
        buffer = new UpdateBuffer(name, options, true, report, lease);
        UpdateDecoder<T> decoder = new UpdateDecoder<>(prototype, host.maxInflatedBytes(), buffer, report);
        pump = new Pump<>(buffer, decoder, new Calls<>(listener), host.callbacks(), report);
    }

    /**
     * Opens one; the listener is called as soon as something is offered.
     *
     * @param name the channel, for messages
     */
    public static <T extends Message> ListenedSubscription<T> open(
            SubscriptionHost host,
            String name,
            T prototype,
            SubscriptionOptions options,
            SubscriptionListener<? super T> listener,
            Upstream upstream) {
        ListenedSubscription<T> opened = new ListenedSubscription<>(host, name, prototype, options, listener, upstream);
        opened.pump.start(() -> {});
        return opened;
    }

    /** Where what arrives is put. */
    public UpdateSink sink() {
        return buffer;
    }

    @Override
    public void close() {
        buffer.close();
        lease.release();
        pump.finish();
        lease.releaseAndWait();
    }

    private record Calls<T>(SubscriptionListener<? super T> listener) implements PumpTarget<T> {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void onUpdate(T update) {
            listener.onUpdate(update);
        }

        @Override
        public void onDropped(long count) {
            listener.onDropped(count);
        }

        @Override
        public void onGap() {
            listener.onGap();
        }

        @Override
        public void onEnd(@Nullable PsrpcException failure) {
            listener.onEnd(failure);
        }

        @Override
        public void onThrown(Throwable failure) {}
    }
}
