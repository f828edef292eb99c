package io.psrpc.testing.behaviours.servers;

import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusState;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The {@link Place}s of users who publish, subscribe, or look at the bus. */
final class SubscriptionCode {
    private static final SubscriptionOptions OPTIONS = SubscriptionOptions.DEFAULT;
    private static final String LAST = "last";

    /** The updates as someone publishes them whom subscribers do not understand. */
    private static final MethodDefinition<BytesValue, BytesValue> UNREADABLE = MethodDefinition.subscription(
                    "Store", "AisleNews", BytesValue.getDefaultInstance())
            .routing(Routing.MULTI)
            .topics("aisle")
            .build();

    private SubscriptionCode() {}

    static CompletableFuture<?> published(Workplace at, Runnable code) {
        Topic topic = at.nextTopic();
        return at.beforeItIsPublished(() -> at.publish(topic, "news").thenRun(code));
    }

    static CompletableFuture<?> publishedOnChannel(Workplace at, Runnable code) {
        BusChannel channel = BusChannel.named("news");
        return at.beforeItIsPublished(
                () -> at.home().publish(channel, Store.text("news")).thenRun(code));
    }

    static CompletableFuture<?> subscribed(Workplace at, Runnable code) {
        Topic topic = at.nextTopic();
        return at.beforeItIsConfirmed(() -> at.client()
                .subscribeAsync(Store.AISLE_NEWS, topic, OPTIONS, update -> {})
                .thenRun(code));
    }

    /** The update behind the one that is held up comes, too. */
    static CompletableFuture<?> onUpdate(Workplace at, Runnable code) {
        Heard heard = new Heard();
        Topic topic = heard.by(at, new SubscriptionListener<>() {
            @Override
            public void onUpdate(StringValue update) {
                heard.update(update, code);
            }
        });
        at.publish(topic, "news");
        at.publish(topic, LAST);
        return heard.last;
    }

    static CompletableFuture<?> onDropped(Workplace at, Runnable code) {
        Heard heard = new Heard();
        Topic topic = heard.by(at, new SubscriptionListener<>() {
            @Override
            public void onUpdate(StringValue update) {
                heard.update(update, () -> {});
            }

            @Override
            public void onDropped(long count) {
                code.run();
            }
        });
        at.server().publishAsync(UNREADABLE, topic, BytesValue.getDefaultInstance());
        at.publish(topic, LAST);
        return heard.last;
    }

    static CompletableFuture<?> onGap(Workplace at, Runnable code) {
        Heard heard = new Heard();
        Topic topic = heard.by(at, new SubscriptionListener<>() {
            @Override
            public void onUpdate(StringValue update) {
                heard.update(update, () -> {});
            }

            @Override
            public void onGap() {
                code.run();
            }
        });
        at.reconnect();
        at.publish(topic, LAST);
        return heard.last;
    }

    static CompletableFuture<?> onEnd(Workplace at, Runnable code) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        RpcClient client = at.anotherClient();
        Outcome.of(client.subscribeAsync(
                Store.AISLE_NEWS, at.nextTopic(), OPTIONS, new SubscriptionListener<StringValue>() {
                    @Override
                    public void onUpdate(StringValue update) {}

                    @Override
                    public void onEnd(@Nullable PsrpcException failure) {
                        code.run();
                        ended.complete(null);
                    }
                }));
        client.close();
        return ended;
    }

    static CompletableFuture<?> onNext(Workplace at, Runnable code) {
        Heard heard = new Heard();
        Topic topic = at.nextTopic();
        subscribe(at.client(), topic, new Subscriber() {
            @Override
            public void onNext(StringValue update) {
                heard.update(update, code);
            }
        });
        at.publish(topic, "news");
        at.publish(topic, LAST);
        return heard.last;
    }

    static CompletableFuture<?> onError(Workplace at, Runnable code) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        RpcClient client = at.anotherClient();
        subscribe(client, at.nextTopic(), new Subscriber() {
            @Override
            public void onError(Throwable failure) {
                code.run();
                ended.complete(null);
            }
        });
        client.close();
        return ended;
    }

    private static void subscribe(RpcClient client, Topic topic, Subscriber subscriber) {
        client.subscribe(Store.AISLE_NEWS, topic, OPTIONS).publisher().subscribe(subscriber);
    }

    static CompletableFuture<?> onState(Workplace at, Runnable code) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        Registration registration = at.home().onState(state -> {
            if (state.status() == BusState.Status.CONNECTED && !told.isDone()) {
                code.run();
                told.complete(null);
            }
        });
        at.reconnect();
        return told.thenRun(registration::close);
    }

    /** What a listener has heard. */
    private static final class Heard {
        final CompletableFuture<Void> last = new CompletableFuture<>();

        /** A topic on which this is told. */
        Topic by(Workplace at, SubscriptionListener<StringValue> listener) {
            Topic topic = at.nextTopic();
            Outcome.of(at.client().subscribeAsync(Store.AISLE_NEWS, topic, OPTIONS, listener));
            return topic;
        }

        void update(StringValue update, Runnable code) {
            if (update.getValue().equals(LAST)) {
                last.complete(null);
            } else {
                code.run();
            }
        }
    }

    private abstract static class Subscriber implements Flow.Subscriber<StringValue> {
        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(StringValue update) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
