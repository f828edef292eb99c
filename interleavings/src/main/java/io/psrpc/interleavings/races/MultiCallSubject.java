package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Responses.End;
import io.psrpc.Topic;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One multi call over two servers, its answers in a queue, and everything that may happen to it. */
final class MultiCallSubject implements Subject<MultiCallSubject.Event> {
    /** What may happen. */
    enum Event {
        FIRST_ANSWER,
        SECOND_ANSWER,
        COUNTED_TWO,
        COUNTED_NONE,
        NOBODY_THERE,
        TAKEN,
        DEADLINE,
        CLOSED,
        CLIENT_CLOSED
    }

    private final StillBus still = new StillBus();
    private final RpcClient client;
    private final Responses<StringValue> answers;
    private final List<String> servers = new CopyOnWriteArrayList<>();
    private final String requestId;

    MultiCallSubject() {
        client = RpcClient.create(
                still.bus,
                StillBus.SERVICE,
                ClientOptions.builder().clientId("CLI").build());
        answers = client.requestAll(StillBus.MULTI, Topic.NONE, StillBus.HELLO, CallOptions.DEFAULT);
        requestId = still.requestId();
    }

    static Machine<Event> machine() {
        return new Machine<>("multi call", List.of(Event.values()), MultiCallSubject::new);
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case FIRST_ANSWER -> still.deliver("Svc|CLI|RES", still.success(requestId, "first"));
            case SECOND_ANSWER -> still.deliver("Svc|CLI|RES", still.error(requestId, "second"));
            case COUNTED_TWO -> still.transport.firstListener().onPublished(2);
            case COUNTED_NONE -> still.transport.firstListener().onPublished(0);
            case NOBODY_THERE -> still.transport.firstListener().onNobodyThere();
            case TAKEN -> take();
            case DEADLINE -> still.time.advance(Duration.ofSeconds(3));
            case CLOSED -> answers.close();
            case CLIENT_CLOSED -> client.close();
        }
    }

    /** True: there was one. */
    private boolean take() {
        try {
            Optional<Response<StringValue>> next = answers.next(Duration.ZERO);
            next.ifPresent(answer -> servers.add(answer.serverId()));
            return next.isPresent();
        } catch (PsrpcException clientIsClosed) {
            return false;
        }
    }

    /** Each server is heard once; "everyone" means both; nothing is left. */
    @Override
    public void check(List<Event> happened) {
        still.time.advance(Duration.ofSeconds(5));
        boolean hasMore = true;
        while (hasMore) {
            hasMore = take();
        }
        expect(
                servers.stream().distinct().count() == servers.size(),
                "answers: " + servers + " (expected: none twice)");
        End end = answers.end();
        expect(end != End.EVERYONE_ANSWERED || isComplete(happened), end + " with " + servers);
        expect(end != End.NOBODY_THERE || servers.isEmpty(), end + " with " + servers);
        expect(end != End.CLOSED || isClosed(happened), end + " after " + happened);
        expect(end != End.EXPECTED_REACHED, "end: " + end);
        client.close();
        still.checkEmpty();
    }

    private boolean isComplete(List<Event> happened) {
        return servers.size() == 2 || happened.contains(Event.CLOSED);
    }

    private static boolean isClosed(List<Event> happened) {
        return happened.contains(Event.CLOSED) || happened.contains(Event.CLIENT_CLOSED);
    }
}
