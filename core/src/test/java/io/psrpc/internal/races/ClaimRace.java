package io.psrpc.internal.races;

import com.google.protobuf.StringValue;
import io.psrpc.Registration;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One request that a server has bid for, and everything that may happen to it. */
final class ClaimRace extends Race {
    private final MethodDefinition<StringValue, StringValue> method;
    private final AtomicInteger runs = new AtomicInteger();
    private final RpcServer server;
    private final Registration registration;

    ClaimRace(MethodDefinition<StringValue, StringValue> method) {
        this.method = method;
        server = RpcServer.create(
                bus, SERVICE, ServerOptions.builder().serverId("SRV").build());
        registration = server.register(Binding.unary(method, Topic.NONE, (ctx, request) -> {
            runs.incrementAndGet();
            return request;
        }));
        happen(Event.REQUEST_AGAIN);
        check(transport.published.size() == 1, "the server has not bid");
    }

    /** What may happen. */
    enum Event {
        GRANTED,
        LOST,
        RELEASED,
        REQUEST_AGAIN,
        EXPIRED,
        REGISTRATION_GONE,
        SHUT_DOWN
    }

    void happen(Event event) {
        switch (event) {
            case GRANTED -> deliver("RCLAIM", writer.grant("", "REQ", "SRV"));
            case LOST -> deliver("RCLAIM", writer.grant("", "REQ", "other"));
            case RELEASED -> deliver("RCLAIM", writer.grant("", "REQ", ""));
            case REQUEST_AGAIN -> deliver("REQ", request());
            case EXPIRED -> time.advance(Duration.ofSeconds(3));
            case REGISTRATION_GONE -> registration.close();
            case SHUT_DOWN -> server.shutdownNow();
        }
    }

    private byte[] request() {
        long now = time.now().getEpochSecond() * 1_000_000_000L;
        return writer.request(
                "", "REQ", "CLI", now, now + 3_000_000_000L, false, false, Map.of(), HELLO, WireProfile.CURRENT);
    }

    private void deliver(String channel, byte[] frame) {
        transport.deliver("Svc|" + method.info().method() + "|" + channel, frame);
    }

    /** It runs once at most, only if granted, and nothing is left. */
    void check(boolean isGranted) {
        time.advance(Duration.ofSeconds(70));
        check(runs.get() <= (isGranted ? 1 : 0), "runs: " + runs + " (granted: " + isGranted + ")");
        server.shutdownNow();
        time.advance(Duration.ofSeconds(70));
        check(bus.inventory().equals(Inventory.EMPTY), "left: " + bus.inventory());
        check(time.pending() == 0, "timers: " + time.pending() + " (expected: none)");
    }
}
