package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.Message;
import io.psrpc.PsrpcException;
import io.psrpc.ServerObserver.ClaimOutcome;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.Timekeeper.Cancellable;
import io.psrpc.bus.Turn;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.routing.Outbound;
import io.psrpc.stub.Binding.Affinity;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request is this server's to run: takes its turn at the broker, bids and waits for the client's choice, or, on a queue whose
 * client allows it, runs it at once. Source of the rules: the wire protocol, section 4.
 */
final class Claim {
    static final long SHORTEST_HOLD_NANOS = 5_000_000_000L;
    static final long LONGEST_HOLD_NANOS = 60_000_000_000L;
    /** A Go peer's lock lasts 5 s: past this, a request may have been another member's. */
    private static final long FRESH_NANOS = 4_000_000_000L;

    private static final Duration LONGEST_BID = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger("io.psrpc.server");

    private final IncomingRequest request;
    private final ServedMethod served;
    private final EngineBus bus;
    private final long ageNanos;
    private final long startNanos;

    @GuardedBy("this")
    private @Nullable Cancellable timer;

    @GuardedBy("this")
    private boolean settled;

    /** @param ageNanos how old the request was when it came */
    Claim(IncomingRequest request, long ageNanos) {
        this.request = request;
        this.served = request.served();
        this.bus = request.server().bus();
        this.ageNanos = ageNanos;
        this.startNanos = request.inbound().arrivalNanos();
    }

    /** The server has room for the request. */
    void start() {
        if (request.inbound().isHeld()) {
            decide(maySkip());
        } else {
            take(request.inbound().turn());
        }
    }

    /** The turn has been taken already. */
    void startHeld() {
        decide(maySkip());
    }

    private void take(Turn turn) {
        boolean skips = maySkip();
        boolean bidsAtOnce = served.requiresClaim() && !skips && request.parse() == null;
        CompletionStage<Boolean> taken = bidsAtOnce ? takeAndBid(turn) : null;
        boolean hasBid = taken != null;
        CompletionStage<Boolean> answer = taken != null ? taken : turn.take(request.hold());
        EngineThread.whenComplete(answer, (ours, failure) -> {
            if (failure != null) {
                turnUnknown(failure, hasBid);
            } else if (!ours) {
                withdraw();
            } else if (!hasBid) {
                decide(skips);
            }
        });
    }

    /** Takes the turn and bids in one step at the broker; null where it cannot. */
    private @Nullable CompletionStage<Boolean> takeAndBid(Turn turn) {
        if (!enterBidding() || isSettled()) {
            return null;
        }
        byte[] bid = request.server().replies().bid(request, 1f);
        var frame = request.server().replies().bidFrame(request, bid);
        PublishListener listener = new Bidden();
        CompletionStage<Boolean> taken = turn.takeAndPublish(request.hold(), frame, listener);
        if (taken == null) {
            leaveBidding();
        }
        return taken;
    }

    /**
     * Nobody knows whose it is. Another member may be running a request that says it needs no claim; the claim protects one that does;
     * and a single server's has no other member.
     */
    private void turnUnknown(Throwable failure, boolean hasBid) {
        bus.drops().dropped(DropReason.LOCK_FAILED, request.label() + ": " + failure.getMessage());
        if (served.requiresClaim() && request.message().skipClaim()) {
            withdraw();
        } else if (hasBid) {
            // The bid may have gone out, and been answered before this. Who gets it twice counts it once.
            bid(1f);
        } else {
            decide(false);
        }
    }

    private void decide(boolean skips) {
        PsrpcException malformed = request.parse();
        if (malformed != null) {
            request.answer(malformed);
            request.leave();
        } else if (served.requiresClaim() && !(skips && isFresh())) {
            negotiate();
        } else if (!request.remember()) {
            request.dropAsDuplicate();
        } else if (served.requiresClaim()) {
            served.claims().overtaken(requestId());
            tell(ClaimOutcome.SKIPPED);
            request.submitAnnounced();
        } else {
            request.submit();
        }
    }

    private boolean maySkip() {
        return served.isQueue()
                && request.message().skipClaim()
                && isFresh()
                && request.nanosLeft() <= LONGEST_HOLD_NANOS
                && isSkippingOn();
    }

    /** A switch that fails is off: a claim is safe. */
    private boolean isSkippingOn() {
        try {
            return request.server().options().claimSkipping().getAsBoolean();
        } catch (Throwable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request " + requestId() + ": the claimSkipping switch failed, so it is claimed",
                    e);
            return false;
        }
    }

    private boolean isFresh() {
        return ageNanos < FRESH_NANOS && ageNanos + bus.time().nanoTime() - startNanos < FRESH_NANOS;
    }

    private void negotiate() {
        if (!enterBidding()) {
            // It may have been answered while the broker was asked to bid with its turn, on another delivery's bid.
            dropAsDuplicate();
            return;
        }
        Affinity<Message> affinity = served.affinity();
        if (affinity == null) {
            bid(1f);
        } else {
            bus.workers().callbacks().execute(() -> ask(affinity));
        }
    }

    private void ask(Affinity<Message> affinity) {
        if (!request.enterUserCode()) {
            withdraw();
            return;
        }
        float value;
        try {
            value = affinity.of(new HandlerContext(request), request.payload());
        } catch (Throwable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request " + request.message().requestId() + ": the affinity function of " + request.label()
                            + " failed, so this server does not bid",
                    e);
            withdraw();
            return;
        } finally {
            request.leaveUserCode();
        }
        // Not where the function has closed the server: then nobody waits for the answer to a bid.
        if (value >= 0 && !request.isExcused()) {
            bid(value);
        } else {
            withdraw();
        }
    }

    private void bid(float affinity) {
        if (isSettled()) {
            return;
        }
        byte[] frame = request.server().replies().bid(request, affinity);
        request.server().replies().publishBid(request, frame, new Bidden());
    }

    /** A bid that could not be sent will not be answered. */
    private final class Bidden extends Outbound {
        @Override
        protected void published(long receivers) {
            if (receivers == 0 && bus.countsReceivers()) {
                withdraw();
            }
        }

        @Override
        protected void failed(PsrpcException failure) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request {0}: the bid could not be sent: {1}",
                    request.message().requestId(),
                    failure.getMessage());
            withdraw();
        }
    }

    /** False: this server bids, or has bid, for a request of that id already. */
    private boolean enterBidding() {
        if (!served.claims().enter(this)) {
            return false;
        }
        // Looked at from within the table: whoever leaves it decided has been remembered before.
        if (request.isRemembered()) {
            served.claims().leave(this);
            return false;
        }
        boolean isOver;
        synchronized (this) {
            isOver = settled;
            if (!isOver) {
                timer = bus.time().schedule(patience(), this::timeOut);
            }
        }
        if (isOver) {
            leaveBidding();
        } else if (request.server().isShutDown()) {
            // Perhaps too late for being abandoned with the others.
            abandon();
        }
        return true;
    }

    private synchronized boolean isSettled() {
        return settled;
    }

    /** A client chooses within seconds; one that asks for a year must not hold a place here for as long. */
    private Duration patience() {
        Duration remaining = request.remaining();
        return remaining.compareTo(LONGEST_BID) < 0 ? remaining : LONGEST_BID;
    }

    /** Out of the table again, but not settled. */
    private void leaveBidding() {
        served.claims().leave(this);
        cancelTimer();
    }

    private void cancelTimer() {
        Cancellable armed;
        synchronized (this) {
            armed = timer;
            timer = null;
        }
        if (armed != null) {
            armed.cancel();
        }
    }

    String requestId() {
        return request.message().requestId();
    }

    /** The client has chosen. */
    void answered(boolean isOurs) {
        if (!beginSettling()) {
            return;
        }
        // Of a queue's servers on a bus, who runs it remembers for all: the word of one that lost must not keep another
        // from it.
        boolean isFirst = (isOurs || !served.isGroup()) && request.remember();
        leaveBidding();
        tell(isOurs ? ClaimOutcome.GRANTED : ClaimOutcome.LOST);
        if (!isOurs) {
            request.leave();
        } else if (isFirst) {
            request.submit();
        } else {
            request.dropAsDuplicate();
        }
    }

    private void timeOut() {
        if (settle()) {
            tell(ClaimOutcome.TIMED_OUT);
            request.leave();
        }
    }

    /** This server does not bid, or its bid has not reached anyone. */
    private void withdraw() {
        if (settle()) {
            request.leave();
        }
    }

    /** Another delivery of the request is the one that counts. */
    void dropAsDuplicate() {
        if (settle()) {
            request.dropAsDuplicate();
        }
    }

    /** The server is shut down. */
    void abandon() {
        withdraw();
    }

    /** True, once: from here on it is decided. */
    private boolean settle() {
        boolean isFirst = beginSettling();
        if (isFirst) {
            leaveBidding();
        }
        return isFirst;
    }

    private synchronized boolean beginSettling() {
        boolean isFirst = !settled;
        settled = true;
        return isFirst;
    }

    private void tell(ClaimOutcome outcome) {
        ServerNotices notices = request.server().notices();
        if (notices.hasObservers()) {
            Duration sinceArrival = Duration.ofNanos(bus.time().nanoTime() - startNanos);
            notices.tell(observer -> observer.onClaim(served.info(), outcome, sinceArrival));
        }
    }
}
