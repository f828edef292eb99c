package io.psrpc.testing.contract;

import com.google.protobuf.StringValue;
import io.psrpc.ClientOptions;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import java.util.List;

/** A service with a method of each kind, all of which carry text, under a name that no other test uses. */
final class ContractService {
    private static final StringValue TEXT = StringValue.getDefaultInstance();

    final MethodDefinition<StringValue, StringValue> work;
    final MethodDefinition<StringValue, StringValue> pick;
    final MethodDefinition<StringValue, StringValue> count;
    final MethodDefinition<?, StringValue> news;
    final MethodDefinition<?, StringValue> alerts;
    private final String name;
    private final ServiceDefinition definition;

    ContractService(String name) {
        this.name = name;
        work = unary("Work", Routing.QUEUE);
        pick = unary("Pick", Routing.AFFINITY);
        count = unary("Count", Routing.MULTI);
        news = subscription("News", Routing.QUEUE);
        alerts = subscription("Alerts", Routing.MULTI);
        definition = new ServiceDefinition(name, List.of(work, pick, count, news, alerts));
    }

    private MethodDefinition<StringValue, StringValue> unary(String method, Routing routing) {
        return MethodDefinition.unary(name, method, TEXT, TEXT).routing(routing).build();
    }

    private MethodDefinition<?, StringValue> subscription(String method, Routing routing) {
        return MethodDefinition.subscription(name, method, TEXT)
                .routing(routing)
                .build();
    }

    String name() {
        return name;
    }

    RpcClient client(MessageBus bus) {
        return RpcClient.create(bus, definition, ClientOptions.DEFAULT);
    }

    RpcPublisher publisher(MessageBus bus) {
        return RpcPublisher.create(bus, definition);
    }

    /** A server of some of the methods, which answers each with its own id and what was asked. */
    @SafeVarargs
    final RpcServer server(MessageBus bus, String id, MethodDefinition<StringValue, StringValue>... methods) {
        RpcServer server = RpcServer.create(
                bus, definition, ServerOptions.builder().serverId(id).build());
        for (MethodDefinition<StringValue, StringValue> method : methods) {
            server.register(Binding.unary(method, Topic.NONE, (ctx, request) -> text(id + ": " + request.getValue())));
        }
        return server;
    }

    static StringValue text(String text) {
        return StringValue.of(text);
    }
}
