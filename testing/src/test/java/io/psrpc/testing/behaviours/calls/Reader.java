package io.psrpc.testing.behaviours.calls;

import com.google.protobuf.StringValue;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscription of either flavour, and what has come by it. */
final class Reader implements AutoCloseable {
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final Runnable collecting;
    private final Runnable closing;

    private Reader(Subscription<StringValue> subscription) {
        collecting = () -> drain(subscription);
        closing = subscription::close;
    }

    private Reader(RpcClient client, MethodDefinition<StringValue, StringValue> method) {
        Registration registration = client.subscribeAsync(
                        method, Topic.NONE, SubscriptionOptions.DEFAULT, update -> received.add(update.getValue()))
                .join();
        collecting = () -> {};
        closing = registration::close;
    }

    static Reader of(Scene scene, RpcClient client, MethodDefinition<StringValue, StringValue> method) {
        return scene.flavour() == Flavour.ASYNC
                ? new Reader(client, method)
                : new Reader(client.subscribe(method, Topic.NONE, SubscriptionOptions.DEFAULT));
    }

    static Reader of(Subscription<StringValue> subscription) {
        return new Reader(subscription);
    }

    private void drain(Subscription<StringValue> subscription) {
        for (Optional<StringValue> next = subscription.next(Duration.ZERO);
                next.isPresent();
                next = subscription.next(Duration.ZERO)) {
            received.add(next.get().getValue());
        }
    }

    /** So far, in order. */
    List<String> received(Scene scene) {
        scene.settle();
        collecting.run();
        return received;
    }

    @Override
    public void close() {
        closing.run();
    }
}
