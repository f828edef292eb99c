package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bus that is closed while a handler on it calls on. */
class ClosingBusTest {
    private static final ServiceDefinition FRONT = service("Front");
    private static final ServiceDefinition BACK = service("Back");
    private static final StringValue ASK = StringValue.of("ask");

    private final LocalBroker broker = LocalBroker.create();
    private final MessageBus own = bus();
    private final MessageBus others = bus();

    private MessageBus bus() {
        return MessageBus.over(broker.transport(), BusOptions.DEFAULT);
    }

    private static ServiceDefinition service(String name) {
        return new ServiceDefinition(
                name,
                List.of(MethodDefinition.unary(
                                name, "Ask", StringValue.getDefaultInstance(), StringValue.getDefaultInstance())
                        .build()));
    }

    // The only method of the services above.
    @SuppressWarnings("unchecked")
    private static MethodDefinition<StringValue, StringValue> ask(ServiceDefinition service) {
        return (MethodDefinition<StringValue, StringValue>) service.methods().get(0);
    }

    private static void serve(
            MessageBus bus, ServiceDefinition service, UnaryHandler<StringValue, StringValue> handler) {
        RpcServer.create(bus, service, ServerOptions.DEFAULT)
                .register(Binding.unary(ask(service), Topic.NONE, handler));
    }

    private static RpcClient client(MessageBus bus, ServiceDefinition service) {
        return RpcClient.create(bus, service, ClientOptions.DEFAULT);
    }

    private static StringValue call(RpcClient client, ServiceDefinition service) {
        return client.request(ask(service), Topic.NONE, ASK, CallOptions.DEFAULT);
    }

    @AfterEach
    void close() {
        own.close();
        others.close();
    }

    @Test
    @Rows("C26")
    void leavesItsClientsToTheHandlersThatItWaitsFor() throws Exception {
        CountDownLatch inHandler = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        serve(others, BACK, (ctx, request) -> request);
        // Many, as which of a bus's members is ended first is left to chance.
        var clients = Stream.generate(() -> client(own, BACK)).limit(30).toList();
        serve(own, FRONT, (ctx, request) -> {
            inHandler.countDown();
            closing.await();
            clients.forEach(client -> call(client, BACK));
            return request;
        });
        CompletableFuture<StringValue> answer =
                client(others, FRONT).requestAsync(ask(FRONT), Topic.NONE, ASK, CallOptions.DEFAULT);
        inHandler.await();

        Thread closer = new Thread(own::close);
        closer.start();
        while (closer.getState() == Thread.State.RUNNABLE || closer.getState() == Thread.State.NEW) {
            Thread.onSpinWait();
        }
        closing.countDown();

        assertThat(answer.get()).isEqualTo(ASK);
        closer.join();
    }
}
