package io.psrpc.testing.behaviours.buses;

import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import java.util.List;

/** A service with methods of every kind, all of which carry text. */
final class Depot {
    static final String NAME = "Depot";
    static final StringValue TEXT = StringValue.getDefaultInstance();

    static final MethodDefinition<StringValue, StringValue> WORK = unary("Work", Routing.QUEUE);
    static final MethodDefinition<StringValue, StringValue> PACK = unary("Pack", Routing.QUEUE);
    static final MethodDefinition<StringValue, StringValue> SOLO =
            MethodDefinition.unary(NAME, "Solo", TEXT, TEXT).singleServer().build();
    static final MethodDefinition<StringValue, StringValue> PICK = unary("Pick", Routing.AFFINITY);
    static final MethodDefinition<StringValue, StringValue> COUNT = unary("Count", Routing.MULTI);
    static final MethodDefinition<?, StringValue> NEWS = subscription("News", Routing.QUEUE);
    static final MethodDefinition<?, StringValue> ALERTS = subscription("Alerts", Routing.MULTI);
    static final MethodDefinition<?, StringValue> HINTS = subscription("Hints", Routing.AFFINITY);
    static final MethodDefinition<StringValue, StringValue> TIDY =
            MethodDefinition.unary(NAME, "Tidy", TEXT, TEXT).topics("room").build();
    static final MethodDefinition<?, StringValue> TIPS =
            MethodDefinition.subscription(NAME, "Tips", TEXT).topics("room").build();
    static final MethodDefinition<StringValue, StringValue> COUNT_ROOM = MethodDefinition.unary(
                    NAME, "CountRoom", TEXT, TEXT)
            .routing(Routing.MULTI)
            .topics("room")
            .build();
    static final MethodDefinition<?, StringValue> ROOM = MethodDefinition.subscription(NAME, "Room", TEXT)
            .routing(Routing.MULTI)
            .topics("room")
            .build();

    private Depot() {}

    private static MethodDefinition<StringValue, StringValue> unary(String name, Routing routing) {
        return MethodDefinition.unary(NAME, name, TEXT, TEXT).routing(routing).build();
    }

    private static MethodDefinition<?, StringValue> subscription(String name, Routing routing) {
        return MethodDefinition.subscription(NAME, name, TEXT).routing(routing).build();
    }

    /** The service as one version of it knows it. */
    static ServiceDefinition of(MethodDefinition<?, ?>... methods) {
        return new ServiceDefinition(NAME, List.of(methods));
    }

    static ServiceDefinition all() {
        return of(WORK, PACK, SOLO, PICK, COUNT, NEWS, ALERTS, HINTS, TIDY, TIPS, COUNT_ROOM, ROOM);
    }

    static StringValue text(String text) {
        return StringValue.of(text);
    }

    static RpcClient client(MessageBus bus) {
        return client(bus, all());
    }

    static RpcClient client(MessageBus bus, ServiceDefinition service) {
        return RpcClient.create(bus, service, io.psrpc.ClientOptions.DEFAULT);
    }

    static RpcPublisher publisher(MessageBus bus) {
        return RpcPublisher.create(bus, all());
    }

    /** A server of one method. */
    static RpcServer server(
            MessageBus bus,
            MethodDefinition<StringValue, StringValue> method,
            Binding.UnaryHandler<StringValue, StringValue> handler) {
        return server(bus, ServerOptions.DEFAULT, method, handler);
    }

    static RpcServer server(
            MessageBus bus,
            ServerOptions options,
            MethodDefinition<StringValue, StringValue> method,
            Binding.UnaryHandler<StringValue, StringValue> handler) {
        RpcServer server = RpcServer.create(bus, all(), options);
        server.register(Binding.unary(method, Topic.NONE, handler));
        return server;
    }

    /** Where requests and updates of a method go. */
    static BusChannel requests(MethodDefinition<?, ?> method, String... topic) {
        boolean isQueue = method.info().routing() == Routing.QUEUE;
        return ChannelNames.requests(WireProfile.CURRENT, NAME, method.info().method(), List.of(topic), isQueue);
    }

    static BusChannel grants(MethodDefinition<?, ?> method) {
        return ChannelNames.grants(WireProfile.CURRENT, NAME, method.info().method(), List.of());
    }

    static BusChannel bids(String clientId) {
        return ChannelNames.claims(WireProfile.CURRENT, NAME, clientId);
    }

    static BusChannel responses(String clientId) {
        return ChannelNames.responses(WireProfile.CURRENT, NAME, clientId);
    }
}
