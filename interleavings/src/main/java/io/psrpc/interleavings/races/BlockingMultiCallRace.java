package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Topic;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A thread that waits for every answer to its multi call. */
final class BlockingMultiCallRace extends WaitingRace<BlockingMultiCallRace.Event> {
    /** What may happen meanwhile; the deadline comes at last. */
    enum Event {
        FIRST_ANSWER,
        SECOND_ANSWER,
        COUNTED_TWO,
        CLOSED,
        CLIENT_CLOSED,
        INTERRUPTED
    }

    private final StillBus still = new StillBus();
    private final RpcClient client = RpcClient.create(
            still.bus, StillBus.SERVICE, ClientOptions.builder().clientId("CLI").build());
    private final Responses<StringValue> answers =
            client.requestAll(StillBus.MULTI, Topic.NONE, StillBus.HELLO, CallOptions.DEFAULT);
    private final String requestId = still.requestId();
    private volatile List<String> servers = List.of();

    private BlockingMultiCallRace(List<List<Event>> bringers) {
        super(bringers);
    }

    /** Answers on one thread, and what may come between on another. */
    static List<NamedRace> races() {
        List<Event> answers = List.of(Event.FIRST_ANSWER, Event.COUNTED_TWO, Event.SECOND_ANSWER);
        return List.of(
                race(List.of(answers)),
                race(List.of(List.of(Event.FIRST_ANSWER), List.of(Event.SECOND_ANSWER), List.of(Event.COUNTED_TWO))),
                race(List.of(answers, List.of(Event.CLOSED))),
                race(List.of(answers, List.of(Event.CLIENT_CLOSED))),
                race(List.of(answers, List.of(Event.INTERRUPTED))));
    }

    private static NamedRace race(List<List<Event>> bringers) {
        return new NamedRace("blocking multi call", bringers.toString(), () -> new BlockingMultiCallRace(bringers));
    }

    @Override
    void await() {
        servers = answers.toList().stream().map(Response::serverId).toList();
    }

    @Override
    void awaitReady() {}

    @Override
    void happen(Event event) {
        switch (event) {
            case FIRST_ANSWER -> still.deliver("Svc|CLI|RES", still.success(requestId, "first"));
            case SECOND_ANSWER -> still.deliver("Svc|CLI|RES", still.error(requestId, "second"));
            case COUNTED_TWO -> still.transport.firstListener().onPublished(2);
            case CLOSED -> answers.close();
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

    /** Whoever has answered in time is heard once, unless the call was ended. */
    @Override
    void check(Set<Event> happened) {
        expect(
                servers.stream().distinct().count() == servers.size(),
                "answers: " + servers + " (expected: none twice)");
        boolean mayFail = happened.contains(Event.CLIENT_CLOSED) || happened.contains(Event.INTERRUPTED);
        expect(failure() == null || (mayFail && failure() == ErrorCode.CANCELED), "failure: " + failure());
        client.close();
        still.checkEmpty();
    }
}
