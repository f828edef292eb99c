package com.example.statistics;

import com.example.nodes.Load;
import com.example.nodes.LoadRequest;
import com.example.nodes.NodesHandler;
import com.example.nodes.NodesServer;
import com.example.nodes.RackTopic;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.RequestContext;
import io.psrpc.ServerOptions;
import io.psrpc.bus.MessageBus;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** One machine of the cluster, which stands in a rack. */
final class Node implements NodesHandler {
    private final String name;
    private final RackTopic rack;
    private final Supplier<CompletableFuture<Load>> meter;

    private Node(String name, RackTopic rack, Supplier<CompletableFuture<Load>> meter) {
        this.name = name;
        this.rack = rack;
        this.meter = meter;
    }

    static Node healthy(String name, RackTopic rack, int calls, double load) {
        Load measured = Load.newBuilder().setCalls(calls).setLoad(load).build();
        return new Node(name, rack, () -> CompletableFuture.completedFuture(measured));
    }

    static Node broken(String name, RackTopic rack) {
        return new Node(
                name,
                rack,
                () -> CompletableFuture.failedFuture(
                        ErrorCode.FAILED_PRECONDITION.error("meter: broken (expected: whole)")));
    }

    static Node hanging(String name, RackTopic rack) {
        return new Node(name, rack, CompletableFuture::new);
    }

    /** Ends with the bus, or when the server is closed. */
    NodesServer start(MessageBus bus) {
        NodesServer server = NodesServer.start(
                bus, this, ServerOptions.builder().serverId(name).build());
        server.registerAllRackTopics(rack);
        return server;
    }

    @Override
    public Load getLoad(RequestContext ctx, LoadRequest request) throws Exception {
        return measure(ctx);
    }

    @Override
    public Load getRackLoad(RequestContext ctx, LoadRequest request) throws Exception {
        return measure(ctx);
    }

    /** Gives up when nobody waits for the answer any more. */
    private Load measure(RequestContext ctx) throws Exception {
        CompletableFuture<Load> measured = meter.get();
        try (Registration giveUp = ctx.onDone(() -> measured.completeExceptionally(tooSlow()))) {
            return measured.get();
        }
    }

    private static PsrpcException tooSlow() {
        return ErrorCode.DEADLINE_EXCEEDED.error("meter: too slow");
    }
}
