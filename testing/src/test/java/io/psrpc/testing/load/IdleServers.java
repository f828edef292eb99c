package io.psrpc.testing.load;

import com.google.protobuf.Int64Value;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Starts 10,000 servers on one bus, each with a topic of its own, and prints what they cost. */
final class IdleServers {
    private static final int SERVERS = 10_000;

    private IdleServers() {}

    public static void main(String[] args) {
        try (MessageBus bus = LocalMessageBus.create();
                RpcClient client = RpcClient.create(bus, LoadService.SERVICE, ClientOptions.DEFAULT)) {
            int threadsBefore = threads();
            long heapBefore = heap();
            long start = System.nanoTime();
            List<RpcServer> servers =
                    IntStream.range(0, SERVERS).mapToObj(i -> start(bus, i)).toList();
            long started = System.nanoTime();
            System.out.printf("%,d servers started in %,d ms%n", servers.size(), millis(start, started));
            System.out.printf("heap per server: %,d bytes%n", (heap() - heapBefore) / SERVERS);
            System.out.printf("threads: %d before, %d with them%n", threadsBefore, threads());
            callEach(client);
            long closing = System.nanoTime();
            servers.forEach(RpcServer::close);
            System.out.printf("closed in %,d ms%n", millis(closing, System.nanoTime()));
            System.out.printf(
                    "subscriptions left: %d (the client's own two)%n",
                    bus.stats().subscriptions());
        }
    }

    private static RpcServer start(MessageBus bus, int number) {
        RpcServer server = RpcServer.create(bus, LoadService.SERVICE, ServerOptions.DEFAULT);
        List<Binding> bindings = new ArrayList<>();
        bindings.add(Binding.unary(LoadService.ROOM, Topic.of("room" + number), (ctx, request) -> request));
        bindings.add(Binding.unary(LoadService.MULTI, Topic.NONE, (ctx, request) -> request));
        server.register(bindings.toArray(new Binding[0]));
        return server;
    }

    private static void callEach(RpcClient client) {
        long start = System.nanoTime();
        for (int i = 0; i < SERVERS; i++) {
            Int64Value answer =
                    client.request(LoadService.ROOM, Topic.of("room" + i), Int64Value.of(i), CallOptions.DEFAULT);
            if (answer.getValue() != i) {
                throw new IllegalStateException("room " + i + " answered " + answer.getValue());
            }
        }
        System.out.printf("each called once in %,d ms%n", millis(start, System.nanoTime()));
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long millis(long start, long end) {
        return (end - start) / 1_000_000;
    }
}
