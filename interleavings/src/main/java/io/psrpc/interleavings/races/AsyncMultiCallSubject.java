package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.Response;
import io.psrpc.Topic;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** One multi call over two servers whose answers are passed to a consumer, and everything that may happen to it. */
final class AsyncMultiCallSubject implements Subject<AsyncMultiCallSubject.Event> {
    /** What may happen. */
    enum Event {
        FIRST_ANSWER,
        SECOND_ANSWER,
        COUNTED_TWO,
        NOBODY_THERE,
        DEADLINE,
        CANCELED,
        CLIENT_CLOSED
    }

    private final StillBus still = new StillBus();
    private final RpcClient client;
    private final List<String> servers = new CopyOnWriteArrayList<>();
    private final OneAtATime consumer = new OneAtATime();
    private final CompletableFuture<List<Response<StringValue>>> all;
    private final String requestId;

    AsyncMultiCallSubject() {
        client = RpcClient.create(
                still.bus,
                StillBus.SERVICE,
                ClientOptions.builder().clientId("CLI").build());
        all = client.requestAllAsync(StillBus.MULTI, Topic.NONE, StillBus.HELLO, CallOptions.DEFAULT, this::hear);
        requestId = still.requestId();
    }

    static Machine<Event> machine() {
        return new Machine<>("async multi call", List.of(Event.values()), AsyncMultiCallSubject::new);
    }

    private void hear(Response<StringValue> answer) {
        consumer.run(() -> servers.add(answer.serverId()));
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case FIRST_ANSWER -> still.deliver("Svc|CLI|RES", still.success(requestId, "first"));
            case SECOND_ANSWER -> still.deliver("Svc|CLI|RES", still.error(requestId, "second"));
            case COUNTED_TWO -> still.transport.firstListener().onPublished(2);
            case NOBODY_THERE -> still.transport.firstListener().onNobodyThere();
            case DEADLINE -> still.time.advance(Duration.ofSeconds(3));
            case CANCELED -> all.cancel(true);
            case CLIENT_CLOSED -> client.close();
        }
    }

    /** Each server is heard once, and the future knows what the consumer has heard. */
    @Override
    public void check(List<Event> happened) {
        still.time.advance(Duration.ofSeconds(5));
        expect(
                servers.stream().distinct().count() == servers.size(),
                "answers: " + servers + " (expected: none twice)");
        consumer.check();
        expect("done", all.isDone(), true);
        if (!all.isCompletedExceptionally()) {
            expect("all", all.join().stream().map(Response::serverId).toList(), List.copyOf(servers));
        }
        client.close();
        still.checkEmpty();
    }
}
