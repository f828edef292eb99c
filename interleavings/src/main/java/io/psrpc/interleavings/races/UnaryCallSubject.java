package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Selection;
import io.psrpc.Topic;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One unary call, its request published, and everything that may happen to it. */
final class UnaryCallSubject implements Subject<UnaryCallSubject.Event> {
    /** What may happen. */
    enum Event {
        LOW_BID,
        HIGH_BID,
        ANNOUNCEMENT,
        SUCCESS,
        ERROR,
        COUNTED_TWO,
        COUNTED_ONE,
        COUNTED_NONE,
        NOBODY_THERE,
        PUBLISH_FAILED,
        SELECTION_OVER,
        DEADLINE,
        CANCELED,
        CLIENT_CLOSED
    }

    /** How far it is, and by which rules. */
    enum Situation {
        QUEUE,
        AFFINITY,
        /** A server has been chosen. */
        GRANTED,
        /** The user's code chooses. */
        CHOOSING,
        /** It waits for a server to come, and asks again. */
        WAITING_FOR_SERVER;

        private MethodDefinition<StringValue, StringValue> method() {
            return this == QUEUE ? StillBus.QUEUE : StillBus.AFFINITY;
        }

        private CallOptions options() {
            return switch (this) {
                case CHOOSING ->
                    CallOptions.DEFAULT.withSelection(Selection.DEFAULT.withSelector(bids -> {
                        if (bids.isEmpty()) {
                            throw ErrorCode.UNAVAILABLE.error("nobody");
                        }
                        return bids.get(0);
                    }));
                case WAITING_FOR_SERVER -> CallOptions.DEFAULT.withWaitForServer(true);
                default -> CallOptions.DEFAULT;
            };
        }
    }

    private final StillBus still = new StillBus();
    private final AtomicInteger ends = new AtomicInteger();
    private final Situation situation;
    private final RpcClient client;
    private final CompletableFuture<StringValue> answer;
    private final String requestId;

    UnaryCallSubject(Situation situation) {
        this.situation = situation;
        ClientOptions options = ClientOptions.builder()
                .clientId("CLI")
                .observer(new ClientObserver() {
                    @Override
                    public void onResponse(ClientCall call, @Nullable PsrpcException failure, Duration took) {
                        ends.incrementAndGet();
                    }
                })
                .build();
        client = RpcClient.create(still.bus, StillBus.SERVICE, options);
        answer = client.requestAsync(situation.method(), Topic.NONE, StillBus.HELLO, situation.options());
        requestId = still.requestId();
        if (situation == Situation.GRANTED) {
            happen(Event.LOW_BID);
            happen(Event.COUNTED_ONE);
            expect("grants", still.grants(), 1);
        }
    }

    static Machine<Event> machine(Situation situation) {
        String name = "unary call, " + situation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Machine<>(name, List.of(Event.values()), () -> new UnaryCallSubject(situation));
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case LOW_BID -> bid(still.writer.bid(requestId, "low", 0.1f, false, 1));
            case HIGH_BID -> bid(still.writer.bid(requestId, "high", 0.9f, false, 1));
            case ANNOUNCEMENT -> bid(still.writer.bid(requestId, "low", 1f, true, 1));
            case SUCCESS -> response(still.success(requestId, "low"));
            case ERROR -> response(still.error(requestId, "high"));
            case COUNTED_TWO -> still.transport.firstListener().onPublished(2);
            case COUNTED_ONE -> still.transport.firstListener().onPublished(1);
            case COUNTED_NONE -> still.transport.firstListener().onPublished(0);
            case NOBODY_THERE -> still.transport.firstListener().onNobodyThere();
            case PUBLISH_FAILED ->
                still.transport.firstListener().onFailed(ErrorCode.UNAVAILABLE.error("not connected"));
            case SELECTION_OVER -> still.time.advance(Duration.ofSeconds(1));
            case DEADLINE -> still.time.advance(Duration.ofSeconds(3));
            case CANCELED -> answer.cancel(true);
            case CLIENT_CLOSED -> client.close();
        }
    }

    private void bid(byte[] frame) {
        still.deliver("Svc|CLI|CLAIM", frame);
    }

    private void response(byte[] frame) {
        still.deliver("Svc|CLI|RES", frame);
    }

    /** Either the call goes on, with its entry and its timer, and ends later, or it has ended and nothing is left. */
    @Override
    public void check(List<Event> happened) {
        boolean hasEnded = ends.get() > 0;
        expect("calls", still.bus.inventory().calls(), hasEnded ? 0 : 1);
        expect("timers", still.time.pending(), hasEnded ? 0 : 1);
        still.time.advance(Duration.ofSeconds(10));
        expect("done", answer.isDone(), true);
        expect("ends", ends.get(), 1);
        checkWhatServersHear(happened);
        client.close();
        still.checkEmpty();
    }

    /** At most one message, a grant or a release; exactly one where servers may wait for it. */
    private void checkWhatServersHear(List<Event> happened) {
        int heard = still.grants() + still.releases();
        expect(heard <= 1, "grants and releases: " + heard + " (expected: at most 1)");
        boolean mayBeSilent = situation == Situation.QUEUE
                || happened.contains(Event.ANNOUNCEMENT)
                || happened.contains(Event.COUNTED_NONE)
                || happened.contains(Event.NOBODY_THERE)
                || happened.contains(Event.PUBLISH_FAILED);
        expect(mayBeSilent || heard == 1, "grants and releases: " + heard + " (expected: 1)");
    }
}
