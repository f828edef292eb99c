package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.NotServedAnswers;
import io.psrpc.internal.subscription.OpenFeeds;
import io.psrpc.internal.subscription.UpdateChannel;
import io.psrpc.internal.subscription.Updates;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client's subscriptions, which end with it. */
final class ClientSubscriptions {
    private final EngineBus bus;
    private final Targets targets;
    private final ServiceDefinition service;
    private final NotServedAnswers notServed;
    private final SubscriptionOptions defaults;
    private final OpenFeeds open = new OpenFeeds();

    ClientSubscriptions(EngineClient client, ServiceDefinition service) {
        this.bus = client.bus();
        this.targets = client.targets();
        this.service = service;
        this.notServed = new NotServedAnswers(bus, service.name());
        this.defaults = client.options().subscriptions();
    }

    <R extends Message> Subscription<R> subscribe(
            MethodDefinition<?, R> method, Topic topic, SubscriptionOptions options, Duration limit) {
        return Updates.subscribe(bus, channel(method, topic), open, method.response(), orDefaults(options), limit);
    }

    <R extends Message> CompletableFuture<Registration> subscribeAsync(
            MethodDefinition<?, R> method,
            Topic topic,
            SubscriptionOptions options,
            SubscriptionListener<R> listener,
            Duration limit) {
        return Updates.subscribe(
                bus, channel(method, topic), open, method.response(), orDefaults(options), listener, limit);
    }

    private SubscriptionOptions orDefaults(SubscriptionOptions options) {
        return options == SubscriptionOptions.DEFAULT ? defaults : options;
    }

    private UpdateChannel channel(MethodDefinition<?, ?> method, Topic topic) {
        CallTarget target = targets.subscription(method, topic);
        Routing routing = method.info().routing();
        Delivery delivery = routing == Routing.MULTI ? Delivery.EVERY_SUBSCRIBER : Delivery.ONE_OF_GROUP;
        boolean isHandedOn = routing == Routing.QUEUE && service.sharesQueueSubject(method);
        return new UpdateChannel(target.label(), target.requests(), delivery, isHandedOn, notServed::answer);
    }

    void close(PsrpcException reason) {
        open.close(reason);
    }
}
