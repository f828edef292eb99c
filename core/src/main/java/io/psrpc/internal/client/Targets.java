package io.psrpc.internal.client;

import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.MethodInfo.Kind;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.Topic;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The methods and topics that a client has used, with their addresses. Checks that a method is called in the way that fits it. */
final class Targets {
    /** Topics may be rooms or users: past so many, what is cheap to make again is forgotten. */
    private static final int MAX_CACHED = 4096;

    private record Key(MethodDefinition<?, ?> method, Topic topic) {}

    private final EngineBus bus;
    private final ServiceDefinition service;
    private final Map<MethodDefinition<?, ?>, CallTarget> withoutTopic = new ConcurrentHashMap<>();
    private final Map<Key, CallTarget> withTopic = new ConcurrentHashMap<>();

    Targets(EngineBus bus, ServiceDefinition service) {
        this.bus = bus;
        this.service = service;
    }

    CallTarget unary(MethodDefinition<?, ?> method, Topic topic) {
        check(method, Kind.UNARY, method.info().routing() != Routing.MULTI, "request", "requestAll");
        return target(method, topic);
    }

    CallTarget multi(MethodDefinition<?, ?> method, Topic topic) {
        check(method, Kind.UNARY, method.info().routing() == Routing.MULTI, "requestAll", "request");
        return target(method, topic);
    }

    CallTarget subscription(MethodDefinition<?, ?> method, Topic topic) {
        check(method, Kind.SUBSCRIPTION, true, "subscribe", "subscribe");
        return target(method, topic);
    }

    private void check(MethodDefinition<?, ?> method, Kind kind, boolean fits, String asked, String instead) {
        MethodInfo info = method.info();
        if (!info.service().equals(service.name())) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "method: %s.%s (expected: a method of %s)", info.service(), info.method(), service.name());
        }
        if (info.kind() != kind) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "%s of %s.%s: it is a %s method (expected: %s)",
                    asked,
                    info.service(),
                    info.method(),
                    info.kind(),
                    info.kind() == Kind.SUBSCRIPTION ? "subscribe" : "request or requestAll");
        }
        if (!fits) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "%s of %s.%s: its routing is %s (expected: %s)",
                    asked, info.service(), info.method(), info.routing(), instead);
        }
    }

    private CallTarget target(MethodDefinition<?, ?> method, Topic topic) {
        if (topic.parts().isEmpty()) {
            CallTarget known = withoutTopic.get(method);
            return known != null ? known : withoutTopic.computeIfAbsent(method, m -> CallTarget.of(bus, m, topic));
        }
        Key key = new Key(method, topic);
        CallTarget known = withTopic.get(key);
        if (known != null) {
            return known;
        }
        if (withTopic.size() >= MAX_CACHED) {
            withTopic.clear();
        }
        CallTarget target = CallTarget.of(bus, method, topic);
        withTopic.put(key, target);
        return target;
    }
}
