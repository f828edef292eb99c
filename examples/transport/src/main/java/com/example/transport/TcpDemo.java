package com.example.transport;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusState.Status;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Two buses, as in two processes, on one broker, which then goes away and comes back. */
final class TcpDemo {
    private static final StringValue TEXT = StringValue.getDefaultInstance();
    private static final MethodDefinition<StringValue, StringValue> ECHO =
            MethodDefinition.unary("Echo", "Say", TEXT, TEXT).build();
    private static final ServiceDefinition SERVICE = new ServiceDefinition("Echo", List.of(ECHO));

    private TcpDemo() {}

    public static void main(String[] args) throws InterruptedException {
        try (TcpBroker broker = new TcpBroker();
                MessageBus serving = bus(broker);
                MessageBus calling = bus(broker);
                RpcServer server = RpcServer.create(serving, SERVICE, ServerOptions.DEFAULT);
                RpcClient client = RpcClient.create(calling, SERVICE, ClientOptions.DEFAULT)) {
            server.register(
                    Binding.unary(ECHO, Topic.NONE, (ctx, text) -> StringValue.of(text.getValue() + ", over TCP")));
            System.out.println(say(client, "hello"));

            awaitEach(Status.DISCONNECTED, broker::pause, serving, calling);
            System.out.println("without a broker: " + say(client, "lost"));

            awaitEach(Status.CONNECTED, broker::resume, serving, calling);
            System.out.println(say(client, "hello again"));
        }
    }

    private static MessageBus bus(TcpBroker broker) {
        return MessageBus.over(new TcpTransport(broker.address()), BusOptions.DEFAULT);
    }

    private static String say(RpcClient client, String text) {
        try {
            return client.request(ECHO, Topic.NONE, StringValue.of(text), CallOptions.DEFAULT)
                    .getValue();
        } catch (PsrpcException failure) {
            return failure.code().toString();
        }
    }

    /** Does it, and waits until each of the buses has seen it. */
    private static void awaitEach(Status status, Runnable action, MessageBus... buses) throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(buses.length);
        List<Registration> listeners = List.of(buses).stream()
                .map(bus -> bus.onState(state -> {
                    if (state.status() == status) {
                        seen.countDown();
                    }
                }))
                .toList();
        action.run();
        seen.await();
        listeners.forEach(Registration::close);
    }
}
