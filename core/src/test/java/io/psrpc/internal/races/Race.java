package io.psrpc.internal.races;

import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.bus.BusOptions;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.wire.EnvelopeWriter;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.GeneratedCode;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.ServiceDefinition;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A bus without threads, and frames to hand in. */
class Race {
    static final MethodDefinition<StringValue, StringValue> QUEUE =
            method("Queue").build();
    static final MethodDefinition<StringValue, StringValue> AFFINITY =
            method("Affinity").routing(Routing.AFFINITY).build();
    static final MethodDefinition<StringValue, StringValue> MULTI =
            method("Multi").routing(Routing.MULTI).build();
    static final ServiceDefinition SERVICE =
            ServiceDefinition.of(GeneratedCode.VERSION_1, "Svc", QUEUE, AFFINITY, MULTI);
    static final StringValue HELLO = StringValue.of("hello");

    final ByHandTransport transport = new ByHandTransport();
    final ByHandTime time = new ByHandTime();
    final EnvelopeWriter writer = new EnvelopeWriter(0);
    final EngineBus bus = EngineBus.start(
            transport,
            BusOptions.builder()
                    .executor(Runnable::run)
                    .time(time)
                    .randomSeed(1)
                    .build());

    private static MethodDefinition.Builder<StringValue, StringValue> method(String name) {
        return MethodDefinition.unary("Svc", name, StringValue.getDefaultInstance(), StringValue.getDefaultInstance());
    }

    byte[] success(String requestId, String serverId) {
        return writer.response(requestId, serverId, 0, HELLO, 1, WireProfile.CURRENT);
    }

    byte[] error(String requestId, String serverId) {
        return writer.error(requestId, serverId, 0, "no", "internal", List.of(), 1);
    }

    static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    /** Runs both at the same time, on two threads that wait for each other first. */
    static void together(Runnable one, Runnable other) {
        CyclicBarrier start = new CyclicBarrier(2);
        CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(() -> run(start, one));
        run(start, other);
        elsewhere.join();
    }

    private static void run(CyclicBarrier start, Runnable event) {
        try {
            start.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
        event.run();
    }
}
