package io.psrpc.internal.client;

import static io.psrpc.internal.interleaving.Race.expect;

import com.google.protobuf.Int64Value;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Selection;
import io.psrpc.Topic;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.internal.interleaving.Race;
import io.psrpc.internal.interleaving.StillService;
import io.psrpc.internal.interleaving.StillTime;
import io.psrpc.internal.interleaving.StillTransport;
import io.psrpc.internal.wire.BidMessage;
import io.psrpc.internal.wire.ResponseMessage;
import io.psrpc.internal.wire.Slice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A call under way to an affinity method, and two or three of the things that may happen to it at once. */
final class UnaryCallRace implements Race {
    private static final String SERVER = "SRV_1";

    /** What may happen to a call. */
    enum Event {
        BID,
        HANDLING,
        RESPONSE,
        ERROR,
        SELECTION_TIMER,
        DEADLINE,
        CANCEL,
        CLIENT_CLOSED,
        COUNTED_ONE,
        COUNTED_NONE,
        NOBODY_THERE,
        PUBLISH_FAILED
    }

    private final StillTime time = new StillTime();
    private final StillTransport transport = new StillTransport();
    private final EngineBus bus = transport.bus(time);
    private final EngineClient client = EngineClient.start(bus, StillService.SERVICE, ClientOptions.DEFAULT);
    private final CallTarget target = client.targets().unary(StillService.AFFINITY, Topic.NONE);
    private final AtomicInteger completions = new AtomicInteger();
    private final UnaryCall call;
    private final List<Runnable> sides = new ArrayList<>();

    UnaryCallRace(boolean isGranted, List<Event> events) {
        CallOptions options = CallOptions.DEFAULT;
        SelectionRules rules = SelectionRules.of(target.info(), Selection.DEFAULT, Selection.DEFAULT);
        call = new UnaryCall(
                client,
                target,
                Int64Value.of(1),
                options,
                Duration.ofSeconds(3).toNanos(),
                rules,
                (message, failure) -> completions.incrementAndGet());
        call.start(UnaryCalls.encode(call));
        if (isGranted) {
            happen(Event.BID);
            happen(Event.COUNTED_ONE);
            expect("grants", grants(), 1);
        }
        events.forEach(event -> sides.add(() -> happen(event)));
    }

    @Override
    public List<Runnable> sides() {
        return sides;
    }

    private void happen(Event event) {
        switch (event) {
            case BID -> client.received(new BidMessage(call.requestId, SERVER, 1f, false, 1));
            case HANDLING -> client.received(new BidMessage(call.requestId, SERVER, 1f, true, 1));
            case RESPONSE -> client.received(response("", ""));
            case ERROR -> client.received(response("no", "internal"));
            case SELECTION_TIMER -> time.advance(Duration.ofSeconds(1));
            case DEADLINE -> time.advance(Duration.ofSeconds(3));
            case CANCEL -> call.cancel();
            case CLIENT_CLOSED -> client.close();
            case COUNTED_ONE -> call.onPublished(1);
            case COUNTED_NONE -> call.onPublished(0);
            case NOBODY_THERE -> call.onNobodyThere();
            case PUBLISH_FAILED -> call.onFailed(ErrorCode.UNAVAILABLE.error("not connected"));
        }
    }

    private ResponseMessage response(String error, String code) {
        return new ResponseMessage(call.requestId, SERVER, 0, error, code, List.of(), Slice.EMPTY, null, 1);
    }

    private int grants() {
        return transport.sentTo(target.grants().name());
    }

    /** Either the call goes on, with its entry and its timer, and ends later, or it has ended and nothing is left. */
    @Override
    public void check() {
        boolean hasEnded = completions.get() > 0;
        expect("entries", client.inventory().calls(), hasEnded ? 0 : 1);
        expect("timers", time.pending(), hasEnded ? 0 : 1);
        time.advance(Duration.ofSeconds(10));
        expect("completions", completions.get(), 1);
        expect("entries at last", client.inventory(), Inventory.EMPTY);
        expect("timers at last", time.pending(), 0);
        expect("at most one grant or release", grants() <= 1, true);
    }
}
