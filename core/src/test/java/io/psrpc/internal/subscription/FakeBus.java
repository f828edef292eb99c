package io.psrpc.internal.subscription;

import com.google.protobuf.ByteString;
import com.google.protobuf.StringValue;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.wire.Envelope;
import io.psrpc.internal.wire.MalformedFrameException;
import io.psrpc.wire.Msg;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** What subscriptions need of a bus: counts their drops, confirms their ends. */
final class FakeBus implements Upstream {
    static final int MAX_INFLATED_BYTES = 1_000;
    private static final String TYPE_URL = "type.googleapis.com/google.protobuf.StringValue";

    final FakeTime time = new FakeTime();
    final Map<DropReason, Integer> drops = new ConcurrentHashMap<>();
    final AtomicInteger unsubscribed = new AtomicInteger();
    /** Completing it is the broker's confirmation. */
    final CompletableFuture<Void> confirmation = new CompletableFuture<>();

    private final SubscriptionHost host;

    /** Calls back on the thread that offers. */
    FakeBus() {
        this(Runnable::run);
    }

    FakeBus(Executor callbacks) {
        confirmation.complete(null);
        host = new SubscriptionHost(
                time, callbacks, (reason, detail) -> drops.merge(reason, 1, Integer::sum), MAX_INFLATED_BYTES);
    }

    @Override
    public CompletionStage<Void> unsubscribe() {
        unsubscribed.incrementAndGet();
        return confirmation;
    }

    BufferedSubscription<StringValue> open(SubscriptionOptions options) {
        return open(options, this);
    }

    BufferedSubscription<StringValue> open(SubscriptionOptions options, Upstream upstream) {
        return BufferedSubscription.open(host, "news", StringValue.getDefaultInstance(), options, upstream);
    }

    ListenedSubscription<StringValue> listen(SubscriptionOptions options, SubscriptionListener<StringValue> listener) {
        return ListenedSubscription.open(host, "news", StringValue.getDefaultInstance(), options, listener, this);
    }

    static SubscriptionOptions buffer(int capacity, Overflow overflow) {
        return SubscriptionOptions.DEFAULT.withCapacity(capacity).withOverflow(overflow);
    }

    static Envelope update(int number) {
        return update(Integer.toString(number));
    }

    static Envelope update(String text) {
        return envelope(msg(StringValue.of(text).toByteString()));
    }

    static Msg.Builder msg(ByteString value) {
        return Msg.newBuilder().setTypeUrl(TYPE_URL).setValue(value);
    }

    static Envelope envelope(Msg.Builder msg) {
        try {
            return Envelope.read(msg.build().toByteArray());
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }
}
