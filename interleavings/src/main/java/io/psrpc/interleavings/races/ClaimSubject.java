package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.MethodInfo;
import io.psrpc.Registration;
import io.psrpc.RequestContext;
import io.psrpc.ServerObserver;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.bus.Turn;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.internal.server.EngineServer;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One request that has reached a server, and everything that may happen to it. */
final class ClaimSubject implements Subject<ClaimSubject.Event> {
    /** What may happen. */
    enum Event {
        GRANTED,
        LOST,
        RELEASED,
        REQUEST_AGAIN,
        TURN_OURS,
        TURN_LOST,
        TURN_UNKNOWN,
        HANDLED,
        ANNOUNCEMENT_DUE,
        EXPIRED,
        REGISTRATION_GONE,
        DRAINED,
        SHUT_DOWN
    }

    /** By which rules it is this server's, and how far it is. */
    enum Situation {
        BID_ON_QUEUE(false, true, false, false),
        BID_BY_AFFINITY(false, true, false, false),
        /** It has been granted, and waits for a thread. */
        GRANTED(false, true, false, false),
        /** It runs without a claim. */
        SKIPPING(true, false, false, false),
        /** The broker has been asked whose turn it is. */
        TURN(false, true, true, false),
        TURN_WHILE_SKIPPING(true, false, true, false),
        /** The same, and the bid goes out in the same step. */
        TURN_WITH_BID(false, true, true, true);

        private final boolean skipsClaim;
        private final boolean needsGrant;
        private final boolean asksForTurn;
        private final boolean bidsWithTurn;

        Situation(boolean skipsClaim, boolean needsGrant, boolean asksForTurn, boolean bidsWithTurn) {
            this.skipsClaim = skipsClaim;
            this.needsGrant = needsGrant;
            this.asksForTurn = asksForTurn;
            this.bidsWithTurn = bidsWithTurn;
        }

        private MethodDefinition<StringValue, StringValue> method() {
            return this == BID_BY_AFFINITY ? StillBus.AFFINITY : StillBus.QUEUE;
        }

        private List<Event> events() {
            EnumSet<Event> events = EnumSet.allOf(Event.class);
            if (!asksForTurn) {
                events.removeAll(EnumSet.of(Event.TURN_OURS, Event.TURN_LOST, Event.TURN_UNKNOWN));
            }
            if (!skipsClaim) {
                events.remove(Event.ANNOUNCEMENT_DUE);
            }
            return List.copyOf(events);
        }
    }

    private static final Duration COURTESY = Duration.ofMillis(20);

    private static final EnumSet<Event> HARMLESS =
            EnumSet.of(Event.GRANTED, Event.REQUEST_AGAIN, Event.HANDLED, Event.REGISTRATION_GONE, Event.DRAINED);

    private final StillBus still = new StillBus();
    private final HandTasks handlers = new HandTasks();
    private final Queue<HandTurn> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger endings = new AtomicInteger();
    private final AtomicInteger outcomes = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger(1);
    private final AtomicInteger leakedInterrupts = new AtomicInteger();
    private final Situation situation;
    private final EngineServer server;
    private final Registration registration;

    ClaimSubject(Situation situation) {
        this.situation = situation;
        ServerOptions options = ServerOptions.builder()
                .serverId("SRV")
                .executor(handlers)
                .claimSkipping(() -> true)
                .observer(new ServerObserver() {
                    @Override
                    public void onClaim(MethodInfo method, ClaimOutcome outcome, Duration wait) {
                        outcomes.incrementAndGet();
                    }
                })
                .build();
        server = EngineServer.create(still.bus, StillBus.SERVICE, options);
        registration = server.register(Binding.unary(situation.method(), Topic.NONE, this::handle));
        letClientBeKnown();
        happen(Event.REQUEST_AGAIN);
        if (!situation.skipsClaim && !situation.asksForTurn) {
            expect("bids", still.transport.published.size(), 2);
        }
        if (situation == Situation.GRANTED) {
            happen(Event.GRANTED);
        }
    }

    static Machine<Event> machine(Situation situation) {
        String name = "claim, " + situation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new Machine<>(name, situation.events(), () -> new ClaimSubject(situation));
    }

    private StringValue handle(RequestContext ctx, StringValue request) {
        runs.incrementAndGet();
        Registration ending = ctx.onDone(endings::incrementAndGet);
        if (!ctx.isDone()) {
            ending.close();
        }
        return request;
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case GRANTED -> grant("SRV");
            case LOST -> grant("other");
            case RELEASED -> grant("");
            case REQUEST_AGAIN -> request();
            case TURN_OURS -> answerTurn(true);
            case TURN_LOST -> answerTurn(false);
            case TURN_UNKNOWN -> answerTurn(null);
            case HANDLED -> handleOne();
            case ANNOUNCEMENT_DUE -> still.time.advance(Duration.ofMillis(20));
            case EXPIRED -> still.time.advance(Duration.ofSeconds(3));
            case REGISTRATION_GONE -> registration.close();
            case DRAINED -> server.beginClosing();
            case SHUT_DOWN -> server.shutdownNow();
        }
    }

    private void grant(String serverId) {
        still.deliver(address("RCLAIM"), still.writer.grant("", "REQ", serverId));
    }

    /** How old a client's first request is, nobody knows, so that it is not run without a claim. */
    private void letClientBeKnown() {
        deliver("BEFORE", Turn.HELD);
        still.deliver(address("RCLAIM"), still.writer.grant("", "BEFORE", "other"));
    }

    private void request() {
        requests.incrementAndGet();
        deliver("REQ", turn());
    }

    private void deliver(String requestId, Turn turn) {
        long now = StillTime.START_NANOS;
        byte[] frame = still.writer.request(
                "",
                requestId,
                "CLI",
                now,
                now + 3_000_000_000L,
                false,
                situation.skipsClaim,
                Map.of(),
                StillBus.HELLO,
                WireProfile.CURRENT);
        still.transport.deliver(address("REQ"), frame, turn);
    }

    private Turn turn() {
        if (!situation.asksForTurn) {
            return Turn.HELD;
        }
        HandTurn turn = new HandTurn(situation.bidsWithTurn ? still.transport : null);
        turns.add(turn);
        return turn;
    }

    private String address(String channel) {
        return "Svc|" + situation.method().info().method() + "|" + channel;
    }

    /** @param isOurs null: the broker does not know */
    private boolean answerTurn(@Nullable Boolean isOurs) {
        HandTurn turn = turns.poll();
        if (turn == null) {
            return false;
        }
        if (isOurs == null) {
            turn.isUnknown();
        } else {
            turn.isOurs(isOurs);
        }
        return true;
    }

    private boolean handleOne() {
        boolean hasHandled = handlers.runOne();
        if (hasHandled && Thread.interrupted()) {
            leakedInterrupts.incrementAndGet();
        }
        return hasHandled;
    }

    /** It runs once at most, only if it may; it runs if nothing speaks against it; nothing is left. */
    @Override
    public void check(List<Event> happened) {
        int waiting = handlers.waiting();
        expect(waiting <= server.inventory().handlers(), "handlers that the server has forgotten: " + waiting);
        settle();
        if (happened.contains(Event.SHUT_DOWN)) {
            // A turn that it has left to others, it looks after for a moment.
            still.time.advance(COURTESY);
            settle();
            checkNothingIsLeft();
        }
        still.time.advance(Duration.ofSeconds(70));
        settle();
        checkRuns(happened);
        expect(outcomes.get() <= requests.get(), "claims ended: " + outcomes + " (expected: at most " + requests + ")");
        expect(endings.get() <= runs.get(), "endings: " + endings + " (expected: at most " + runs + ")");
        expect("interrupts that outlived their handler", leakedInterrupts.get(), 0);
        server.shutdownNow();
        checkNothingIsLeft();
        still.checkEmpty();
    }

    private void settle() {
        boolean hasMore = true;
        while (hasMore) {
            hasMore = answerTurn(false) || handleOne();
        }
    }

    /** Whom the client has chosen runs it, whatever the broker has said of another delivery. */
    private void checkRuns(List<Event> happened) {
        boolean isGranted = situation == Situation.GRANTED || happened.contains(Event.GRANTED);
        boolean isTaken = !situation.asksForTurn || happened.contains(Event.TURN_OURS);
        boolean mayRun = situation.needsGrant ? isGranted : isTaken;
        expect(runs.get() <= (mayRun ? 1 : 0), "runs: " + runs + " (may run: " + mayRun + ")");
        boolean mustRun = mayRun && !situation.asksForTurn && HARMLESS.containsAll(happened);
        expect(!mustRun || runs.get() == 1, "runs: " + runs + " (expected: 1)");
    }

    private void checkNothingIsLeft() {
        expect("requests and bids left", server.inventory(), Inventory.EMPTY);
        expect("timers left", still.time.pending(), 0);
    }
}
