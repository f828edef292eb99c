package io.psrpc.internal.client;

import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.Topic;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.MethodDefinition;

/**
 * A method and topic as a client addresses them.
 *
 * @param requests where requests go, and updates come from
 * @param grants where claims are answered
 */
record CallTarget(MethodDefinition<?, ?> method, Topic topic, Address requests, Address grants) {
    static CallTarget of(EngineBus bus, MethodDefinition<?, ?> method, Topic topic) {
        MethodInfo info = method.info();
        int expected = method.topicNames().size();
        if (topic.parts().size() != expected) {
            throw ErrorCode.INVALID_ARGUMENT.error(
                    "topic of %s.%s: %s (expected: %s)",
                    info.service(),
                    info.method(),
                    topic.parts(),
                    expected == 0 ? "none" : "the parts " + method.topicNames());
        }
        boolean queue = info.routing() == Routing.QUEUE;
        var requests = ChannelNames.requests(WireProfile.CURRENT, info.service(), info.method(), topic.parts(), queue);
        var grants = ChannelNames.grants(WireProfile.CURRENT, info.service(), info.method(), topic.parts());
        return new CallTarget(method, topic, bus.address(requests), bus.address(grants));
    }

    MethodInfo info() {
        return method.info();
    }

    String label() {
        return method.info().service() + "." + method.info().method();
    }
}
