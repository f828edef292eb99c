package io.psrpc.internal.server;

import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.MethodInfo.Kind;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.PsrpcException;
import io.psrpc.PublisherOptions;
import io.psrpc.Topic;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.execution.Waiting;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.subscription.Updates;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.MessageType;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.ServiceDefinition;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Publishes updates of one service on one bus. Holds nothing at the broker. */
public final class EnginePublisher implements RpcPublisher {
    private final EngineBus bus;
    private final ServiceDefinition service;
    private final Duration timeout;
    private volatile boolean closed;

    EnginePublisher(EngineBus bus, ServiceDefinition service, Duration timeout) {
        this.bus = bus;
        this.service = service;
        this.timeout = timeout;
    }

    /** A publisher of the service's updates, on a bus that has connected. */
    public static EnginePublisher create(MessageBus bus, ServiceDefinition service, PublisherOptions options) {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(options, "options");
        EngineBus engine = (EngineBus) Objects.requireNonNull(bus, "bus");
        engine.awaitConnection("publisher of " + service.name(), options.startTimeout());
        return new EnginePublisher(engine, service, options.timeout());
    }

    @Override
    public <R extends Message> void publish(MethodDefinition<?, R> method, Topic topic, R update) {
        CompletableFuture<Void> done = publishAsync(method, topic, update);
        if (!done.isDone()) {
            Waiting.checkMayBlock("publishing " + method.info().method());
        }
        Waiting.await(done);
    }

    @Override
    public <R extends Message> CompletableFuture<Void> publishAsync(
            MethodDefinition<?, R> method, Topic topic, R update) {
        MethodInfo info = Objects.requireNonNull(method, "method").info();
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(update, "update");
        check(method, topic);
        boolean queue = info.routing() == Routing.QUEUE;
        Address to = bus.address(
                ChannelNames.requests(WireProfile.CURRENT, info.service(), info.method(), topic.parts(), queue));
        byte[] nonce = info.routing() == Routing.MULTI ? Updates.NO_NONCE : Updates.nonce(bus.nextSeed());
        byte[] frame;
        try {
            MessageType.check(update, method.response());
            frame = bus.writer().update(to.key(), update, nonce);
        } catch (IllegalArgumentException e) {
            throw new PsrpcException(ErrorCode.INVALID_ARGUMENT, "update " + info.method() + ": " + e.getMessage(), e);
        }
        return Updates.publish(bus, to, frame, timeout);
    }

    private void check(MethodDefinition<?, ?> method, Topic topic) {
        MethodInfo info = method.info();
        if (closed) {
            throw ErrorCode.CANCELED.error("publisher is closed");
        }
        bus.checkOpen();
        if (info.kind() != Kind.SUBSCRIPTION || !info.service().equals(service.name())) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "publish of %s.%s: a %s method (expected: a subscription of %s)",
                    info.service(), info.method(), info.kind(), service.name());
        }
        if (topic.parts().size() != method.topicNames().size()) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "topic of %s.%s: %s (expected: %s)",
                    info.service(), info.method(), topic.parts(), method.topicNames());
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
