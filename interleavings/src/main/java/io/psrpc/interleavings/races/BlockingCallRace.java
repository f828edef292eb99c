package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Topic;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A thread that waits for the answer to its call. */
final class BlockingCallRace extends WaitingRace<BlockingCallRace.Event> {
    /** What may happen meanwhile; the deadline comes at last. */
    enum Event {
        SUCCESS,
        ERROR,
        INTERRUPTED,
        CLIENT_CLOSED
    }

    private final StillBus still = new StillBus();
    private final RpcClient client;
    private final String requestId;
    private volatile boolean isAnswered;

    private BlockingCallRace(boolean isIntercepted, List<List<Event>> bringers) {
        super(bringers);
        ClientOptions.Builder options = ClientOptions.builder().clientId("CLI");
        if (isIntercepted) {
            options.interceptor((call, next) -> next.proceed(call).thenApply(answer -> answer));
        }
        client = RpcClient.create(still.bus, StillBus.SERVICE, options.build());
        requestId = nextRequestId();
    }

    /** Ids are drawn from a seed, so the one that the call will have is that of its twin on another bus. */
    private static String nextRequestId() {
        StillBus twin = new StillBus();
        ClientOptions options = ClientOptions.builder().clientId("CLI").build();
        try (RpcClient other = RpcClient.create(twin.bus, StillBus.SERVICE, options)) {
            other.requestAsync(StillBus.QUEUE, Topic.NONE, StillBus.HELLO, CallOptions.DEFAULT);
            return twin.requestId();
        }
    }

    /** Each event alone, and each against each other. */
    static List<NamedRace> races(boolean isIntercepted) {
        String name = "blocking call" + (isIntercepted ? " with interceptor" : "");
        List<NamedRace> races = new ArrayList<>();
        for (Event one : Event.values()) {
            races.add(race(name, isIntercepted, List.of(List.of(one))));
            for (Event other : Event.values()) {
                if (one.compareTo(other) < 0) {
                    races.add(race(name, isIntercepted, List.of(List.of(one), List.of(other))));
                }
            }
        }
        return races;
    }

    private static NamedRace race(String name, boolean isIntercepted, List<List<Event>> bringers) {
        return new NamedRace(name, bringers.toString(), () -> new BlockingCallRace(isIntercepted, bringers));
    }

    @Override
    void await() {
        client.request(StillBus.QUEUE, Topic.NONE, StillBus.HELLO, CallOptions.DEFAULT);
        isAnswered = true;
    }

    @Override
    void awaitReady() throws InterruptedException {
        still.transport.awaitPublished(1);
    }

    @Override
    void happen(Event event) {
        switch (event) {
            case SUCCESS -> still.deliver("Svc|CLI|RES", still.success(requestId, "SRV"));
            case ERROR -> still.deliver("Svc|CLI|RES", still.error(requestId, "SRV"));
            case CLIENT_CLOSED -> client.close();
            case INTERRUPTED -> throw new AssertionError("made by the race");
        }
    }

    @Override
    boolean isInterrupt(Event event) {
        return event == Event.INTERRUPTED;
    }

    @Override
    void end() {
        still.time.advance(Duration.ofSeconds(3));
    }

    /** It has an answer or a failure, and one that has happened. */
    @Override
    void check(Set<Event> happened) {
        ErrorCode failure = failure();
        expect("answered or failed", isAnswered, failure == null);
        expect(!isAnswered || happened.contains(Event.SUCCESS), "answered by nobody");
        expect(failure != ErrorCode.INTERNAL || happened.contains(Event.ERROR), "error of nobody");
        boolean mayBeCanceled = happened.contains(Event.INTERRUPTED) || happened.contains(Event.CLIENT_CLOSED);
        expect(failure != ErrorCode.CANCELED || mayBeCanceled, "canceled by nobody");
        client.close();
        still.checkEmpty();
    }
}
