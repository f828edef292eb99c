package io.psrpc.internal.races;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Topic;
import io.psrpc.internal.wire.Envelope;
import io.psrpc.internal.wire.GrantMessage;
import io.psrpc.internal.wire.MalformedFrameException;
import io.psrpc.internal.wire.RequestMessage;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One unary call, its request published, and everything that may happen to it. */
final class CallRace extends Race {
    private final AtomicInteger ends = new AtomicInteger();
    private final RpcClient client;
    private final CompletableFuture<StringValue> answer;
    private final String requestId;

    CallRace(MethodDefinition<StringValue, StringValue> method) {
        ClientOptions options = ClientOptions.builder()
                .clientId("CLI")
                .observer(new ClientObserver() {
                    @Override
                    public void onResponse(ClientCall call, @Nullable PsrpcException failure, Duration took) {
                        ends.incrementAndGet();
                    }
                })
                .build();
        client = RpcClient.create(bus, SERVICE, options);
        answer = client.requestAsync(method, Topic.NONE, HELLO, CallOptions.DEFAULT);
        requestId = requestId();
    }

    private String requestId() {
        try {
            Envelope envelope = Envelope.read(transport.published.get(0).bytes());
            return RequestMessage.read(envelope.value(0)).requestId();
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    /** What may happen. */
    enum Event {
        LOW_BID,
        HIGH_BID,
        ANNOUNCEMENT,
        SUCCESS,
        ERROR,
        COUNTED,
        NOBODY,
        SELECTION_OVER,
        DEADLINE,
        CANCELED,
        CLIENT_CLOSED
    }

    void happen(Event event) {
        switch (event) {
            case LOW_BID -> deliver("CLAIM", writer.bid(requestId, "low", 0.1f, false, 1));
            case HIGH_BID -> deliver("CLAIM", writer.bid(requestId, "high", 0.9f, false, 1));
            case ANNOUNCEMENT -> deliver("CLAIM", writer.bid(requestId, "low", 1f, true, 1));
            case SUCCESS -> deliver("RES", success(requestId, "low"));
            case ERROR -> deliver("RES", error(requestId, "high"));
            case COUNTED -> transport.firstListener().onPublished(2);
            case NOBODY -> transport.firstListener().onNobodyThere();
            case SELECTION_OVER -> time.advance(Duration.ofSeconds(1));
            case DEADLINE -> time.advance(Duration.ofSeconds(3));
            case CANCELED -> answer.cancel(true);
            case CLIENT_CLOSED -> client.close();
        }
    }

    private void deliver(String channel, byte[] frame) {
        transport.deliver("Svc|CLI|" + channel, frame);
    }

    /** Whatever has happened: after the deadline the call has ended, once, and left nothing. */
    void check() {
        time.advance(Duration.ofSeconds(5));
        check(answer.isDone(), "the call has not ended");
        check(ends.get() == 1, "ends: " + ends + " (expected: 1)");
        check(grants() <= 1, "grants: " + grants() + " (expected: at most 1)");
        check(bus.inventory().calls() == 0, "left: " + bus.inventory());
        check(time.pending() == 0, "timers: " + time.pending() + " (expected: none)");
    }

    private long grants() {
        return transport.published.stream()
                .filter(frame -> isGrant(frame.bytes()))
                .count();
    }

    /** A release names nobody, and is none. */
    private static boolean isGrant(byte[] frame) {
        try {
            Envelope envelope = Envelope.read(frame);
            return envelope.isType(GrantMessage.TYPE)
                    && !GrantMessage.read(envelope.value(0)).serverId().isEmpty();
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }
}
