package io.psrpc.internal.subscription;

import com.google.protobuf.Message;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.internal.execution.Waiting;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.Carrier;
import io.psrpc.internal.routing.Outbound;
import io.psrpc.internal.time.Nanos;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Publishes updates, and subscribes to them: what clients, publishers and the bus itself offer. */
public final class Updates {
    /** For updates of which equal ones need not be told apart. */
    public static final byte[] NO_NONCE = {};

    private Updates() {}

    /** What makes an update unlike any other, for brokers that tell messages apart by their bytes. */
    public static byte[] nonce(long random) {
        return ByteBuffer.allocate(Long.BYTES).putLong(random).array();
    }

    /** Publishes a frame; the future completes on the callback executor. */
    public static CompletableFuture<Void> publish(Carrier bus, Address to, byte[] frame, Duration timeout) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long notAfter = bus.time().nanoTime() + Nanos.of(timeout);
        bus.outbox().publish(to, frame, notAfter, false, new Outbound() {
            @Override
            protected void published(long receivers) {
                bus.workers().callbacks().execute(() -> done.complete(null));
            }

            @Override
            protected void failed(PsrpcException failure) {
                bus.workers().callbacks().execute(() -> done.completeExceptionally(failure));
            }
        });
        return done;
    }

    /** A subscription to read from, once the broker has confirmed. */
    public static <T extends Message> BufferedSubscription<T> subscribe(
            Carrier bus,
            UpdateChannel channel,
            OpenFeeds open,
            T prototype,
            SubscriptionOptions options,
            Duration limit) {
        UpdateFeed feed = new UpdateFeed(bus, channel, open);
        BufferedSubscription<T> subscription =
                BufferedSubscription.open(host(bus), channel.label(), prototype, options, feed);
        CompletableFuture<Void> confirmed = confirmed(bus, channel, feed.into(subscription.sink()), limit);
        try {
            if (!confirmed.isDone()) {
                Waiting.checkMayBlock("subscribing to " + channel.label());
            }
            Waiting.await(confirmed);
            return subscription;
        } catch (RuntimeException e) {
            feed.unsubscribe();
            subscription.sink().end(null);
            throw e;
        }
    }

    /** A listener that is called from when the broker has confirmed. */
    public static <T extends Message> CompletableFuture<Registration> subscribe(
            Carrier bus,
            UpdateChannel channel,
            OpenFeeds open,
            T prototype,
            SubscriptionOptions options,
            SubscriptionListener<? super T> listener,
            Duration limit) {
        UpdateFeed feed = new UpdateFeed(bus, channel, open);
        ListenedSubscription<T> subscription =
                ListenedSubscription.open(host(bus), channel.label(), prototype, options, listener, feed);
        CompletableFuture<Void> confirmed = confirmed(bus, channel, feed.into(subscription.sink()), limit);
        CompletableFuture<Registration> registered = new CompletableFuture<>();
        confirmed.whenComplete((done, failure) -> bus.workers().callbacks().execute(() -> {
            if (failure == null) {
                registered.complete(subscription);
            } else {
                feed.unsubscribe();
                subscription.sink().end(PsrpcException.from(failure));
                registered.completeExceptionally(PsrpcException.from(failure));
            }
        }));
        return registered;
    }

    private static SubscriptionHost host(Carrier bus) {
        return new SubscriptionHost(bus.time(), bus.workers().callbacks(), bus.drops(), bus.maxInflatedBytes());
    }

    private static CompletableFuture<Void> confirmed(
            Carrier bus, UpdateChannel channel, CompletableFuture<Void> confirmation, Duration limit) {
        return Waiting.orUnavailable(
                confirmation,
                bus.time(),
                limit,
                () -> channel.label() + ": not confirmed by " + bus.name() + " within " + limit);
    }
}
