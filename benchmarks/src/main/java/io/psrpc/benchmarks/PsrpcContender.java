package io.psrpc.benchmarks;

import io.psrpc.benchmarks.echo.Payload;
import io.psrpc.benchmarks.echo.QueueEchoClient;
import io.psrpc.benchmarks.echo.QueueEchoServer;
import io.psrpc.benchmarks.echo.SingleEchoClient;
import io.psrpc.benchmarks.echo.SingleEchoServer;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** Our calls on the in-process bus, through generated clients and servers with default options. */
final class PsrpcContender implements Contender {
    private final String name;
    private final MessageBus bus;
    private final Consumer<Payload> blocking;
    private final Function<Payload, CompletableFuture<Payload>> async;

    private PsrpcContender(
            String name,
            MessageBus bus,
            Consumer<Payload> blocking,
            Function<Payload, CompletableFuture<Payload>> async) {
        this.name = name;
        this.bus = bus;
        this.blocking = blocking;
        this.async = async;
    }

    /** A queue method, whose claim is skipped as it is by default. */
    static Contender queue(Executors executors) {
        MessageBus bus = bus(executors);
        QueueEchoServer.start(bus, (ctx, request) -> request);
        QueueEchoClient client = QueueEchoClient.create(bus);
        return new PsrpcContender("psrpc queue", bus, client::echo, client.async()::echo);
    }

    /** A method with {@code single_server}, which needs no claim. */
    static Contender single(Executors executors) {
        MessageBus bus = bus(executors);
        SingleEchoServer.start(bus, (ctx, request) -> request);
        SingleEchoClient client = SingleEchoClient.create(bus);
        return new PsrpcContender("psrpc single", bus, client::echo, client.async()::echo);
    }

    private static MessageBus bus(Executors executors) {
        return switch (executors) {
            case DEFAULT -> LocalMessageBus.create();
            case DIRECT ->
                LocalMessageBus.create(
                        BusOptions.builder().executor(Runnable::run).build());
        };
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void call(Payload payload) {
        blocking.accept(payload);
    }

    @Override
    public void callAsync(Payload payload, Lane lane) {
        async.apply(payload).whenComplete(lane);
    }

    @Override
    public void close() {
        bus.close();
    }
}
