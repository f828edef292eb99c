package io.psrpc.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.PsrpcException;
import io.psrpc.Selection.Bid;
import io.psrpc.Selection.ServerSelector;
import io.psrpc.internal.wire.BidMessage;
import io.psrpc.internal.wire.ResponseMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request, one answer. Selects a server among the bids where the method requires a claim, then waits for its response.
 *
 * <p>{@code SELECTING → (CHOOSING →) WAITING → DONE}; every state may end early. Source of the rules: the wire protocol, sections 4, 5.
 */
final class UnaryCall extends PendingCall {
    static final int MAX_BIDS = 1024;

    /** What an ended call gives: a message or a failure. */
    interface Completion {
        void complete(@Nullable Message message, @Nullable PsrpcException failure);
    }

    private enum State {
        SELECTING,
        CHOOSING,
        WAITING,
        DONE
    }

    private final SelectionRules rules;

    @GuardedBy("this")
    private final Bids bids;

    @GuardedBy("this")
    private final Participants bidders = new Participants(MAX_BIDS);

    private final Completion completion;

    @GuardedBy("this")
    private State state;

    @GuardedBy("this")
    private long selectionEndNanos;

    @GuardedBy("this")
    private boolean isShortCircuited;

    @GuardedBy("this")
    private boolean isHandling;

    @GuardedBy("this")
    private boolean hasNobody;

    @GuardedBy("this")
    private @Nullable String granted;

    @GuardedBy("this")
    private @Nullable PsrpcException answeredError;

    UnaryCall(
            EngineClient client,
            CallTarget target,
            Message request,
            CallOptions options,
            long timeoutNanos,
            SelectionRules rules,
            Completion completion) {
        super(client, target, request, options, timeoutNanos);
        this.rules = rules;
        this.bids = new Bids(rules);
        this.completion = completion;
        this.state = target.method().requiresClaim() ? State.SELECTING : State.WAITING;
        this.selectionEndNanos = startNanos + rules.timeoutNanos();
    }

    @Override
    boolean isMulti() {
        return false;
    }

    @GuardedBy("this")
    @Override
    boolean isDone() {
        return state == State.DONE;
    }

    @GuardedBy("this")
    @Override
    long nextEventNanos() {
        return state == State.SELECTING && !isBetweenAsking()
                ? earlier(selectionEndNanos, deadlineNanos)
                : deadlineNanos;
    }

    @GuardedBy("this")
    @Override
    boolean isBeyondNobody() {
        return state == State.CHOOSING || state == State.DONE || isHandling || granted != null || bids.received() > 0;
    }

    @Override
    void endWithNobody() {
        finish(null, local(ErrorCode.UNAVAILABLE, NO_RESPONSE), true);
    }

    @Override
    void endUnsent(PsrpcException failure) {
        synchronized (this) {
            hasNobody = hasNobody || !hasAskedAgain();
        }
        end(failure);
    }

    @GuardedBy("this")
    @Override
    void asksAgain(long nowNanos) {
        if (state == State.SELECTING) {
            selectionEndNanos = nowNanos + rules.timeoutNanos();
            isShortCircuited = false;
        }
    }

    @Override
    protected void published(long receivers) {
        if (receivers < 0 || !bus.countsReceivers()) {
            return;
        }
        if (receivers == 0) {
            nobodyThere();
            return;
        }
        boolean complete;
        synchronized (this) {
            bidders.counted(receivers);
            complete = isEveryBidIn();
        }
        if (complete) {
            endSelection();
        }
    }

    @Override
    void onBid(BidMessage bid) {
        boolean select;
        synchronized (this) {
            if (granted != null && !rules.acceptFirst()) {
                client.history().joined(target.requests(), bid.serverId());
                return;
            }
            if (state != State.SELECTING) {
                return;
            }
            if (bid.handling()) {
                isHandling = true;
                state = State.WAITING;
                return;
            }
            select = counts(bid);
        }
        if (select) {
            endSelection();
        }
    }

    /** True: the selection is over. */
    @GuardedBy("this")
    private boolean counts(BidMessage bid) {
        if (!bidders.add(bid.serverId(), bid.processServers())) {
            client.ignored(bidders.isFull(), "bids for " + target.label());
            return false;
        }
        Bids.Verdict verdict = bids.add(bid.serverId(), bid.affinity());
        if (verdict == Bids.Verdict.KEPT && !isShortCircuited) {
            isShortCircuited = true;
            selectionEndNanos = earlier(selectionEndNanos, bus.time().nanoTime() + rules.shortCircuitNanos());
            arm(nextEventNanos());
        }
        return verdict == Bids.Verdict.TAKEN || isEveryBidIn();
    }

    @GuardedBy("this")
    private boolean isEveryBidIn() {
        return state == State.SELECTING
                && rules.earlyEnd()
                && !rules.acceptFirst()
                && bidders.size() > 0
                && (bidders.isEveryone()
                        || client.history().isEveryone(target.requests(), bidders, bus.countsReceivers()));
    }

    @Override
    void onDue(long nowNanos) {
        boolean isOver = nowNanos - deadlineNanos >= 0;
        boolean selects;
        boolean hasChoice;
        synchronized (this) {
            selects = state == State.SELECTING && !isWaitingForRoom() && nowNanos - nextEventNanos() >= 0;
            hasChoice = bids.best() != null || rules.selector() != null;
        }
        if (selects && !(isOver && hasChoice)) {
            endSelection();
        }
        if (isOver) {
            end(local(ErrorCode.DEADLINE_EXCEEDED, TIMED_OUT));
        }
    }

    /** The timers, or the last of the bids, have ended the selection. */
    private void endSelection() {
        Bid choice;
        synchronized (this) {
            if (state != State.SELECTING) {
                return;
            }
            if (!rules.acceptFirst()) {
                remember();
            }
            choice = rules.selector() == null ? bids.best() : null;
            if (rules.selector() != null) {
                state = State.CHOOSING;
            }
        }
        ServerSelector selector = rules.selector();
        if (selector != null) {
            bus.workers().callbacks().execute(() -> choose(selector));
        } else if (choice != null) {
            grant(choice);
        } else {
            endWithoutServer();
        }
    }

    /** One that has taken a bid at once does not know who else would have come. */
    @GuardedBy("this")
    private void remember() {
        if (bids.isTaken()) {
            return;
        }
        boolean waited = bus.time().nanoTime() - nextEventNanos() >= 0 || bidders.isEveryone();
        if (waited) {
            client.history().learn(target.requests(), bidders);
        } else {
            client.history().confirm(target.requests(), bidders);
        }
    }

    private void choose(ServerSelector selector) {
        List<Bid> kept;
        synchronized (this) {
            kept = bids.kept();
        }
        try {
            Bid choice = selector.select(kept);
            if (kept.stream().anyMatch(bid -> isSameServer(bid, choice))) {
                grant(choice);
            } else {
                String chosen = choice == null ? "null" : choice.serverId();
                end(local(
                        ErrorCode.UNAVAILABLE,
                        "selector chose: " + chosen + " (expected: one of the bids, or an exception)"));
            }
        } catch (Throwable e) {
            end(PsrpcException.from(e));
        }
    }

    /** Whoever has not bid would not hear that it was chosen. */
    private static boolean isSameServer(Bid bid, @Nullable Bid choice) {
        return choice != null && choice.serverId().equals(bid.serverId());
    }

    private void endWithoutServer() {
        PsrpcException failure;
        int received;
        synchronized (this) {
            failure = answeredError;
            received = bids.received();
        }
        if (failure != null) {
            end(failure);
        } else if (received > 0) {
            end(local(ErrorCode.UNAVAILABLE, "no servers available (received " + received + " responses)"));
        } else if (bus.time().nanoTime() - deadlineNanos >= 0 || !asksAgainLater()) {
            end(local(ErrorCode.UNAVAILABLE, NO_RESPONSE));
        }
    }

    private void grant(Bid choice) {
        int received;
        synchronized (this) {
            if (state != State.SELECTING && state != State.CHOOSING) {
                return;
            }
            state = State.WAITING;
            granted = choice.serverId();
            received = bids.received();
        }
        notifyObservers(observer -> observer.onSelected(observed(), choice.serverId(), received, sinceStart()));
        client.publishGrant(this, choice.serverId());
    }

    @Override
    void onResponse(ResponseMessage response) {
        if (Answers.isSuccess(response)) {
            Message message;
            try {
                message = Answers.message(response, target.method().response());
            } catch (PsrpcException e) {
                end(e);
                return;
            }
            finish(message, null);
        } else if (target.info().routing() == Routing.QUEUE && Answers.isFromNobody(response)) {
            nobodyThere();
        } else if (isFinal(response)) {
            finish(null, Answers.error(response));
        }
    }

    /** On a queue any answer is final; elsewhere an error counts only from the server that was chosen, or if none is. */
    private boolean isFinal(ResponseMessage error) {
        boolean everyoneIn;
        synchronized (this) {
            if (!target.method().requiresClaim() || target.info().routing() == Routing.QUEUE) {
                return true;
            }
            if (state == State.WAITING) {
                return isHandling || error.serverId().equals(granted);
            }
            if (answeredError == null) {
                answeredError = Answers.error(error);
            }
            bidders.add(error.serverId(), error.processServers());
            everyoneIn = isEveryBidIn();
        }
        if (everyoneIn) {
            endSelection();
        }
        return false;
    }

    @Override
    void end(PsrpcException failure) {
        finish(null, failure);
    }

    private void finish(@Nullable Message message, @Nullable PsrpcException failure) {
        finish(message, failure, false);
    }

    /** @param withNobody since nobody has got the request; it goes on if somebody has been heard of by now */
    private void finish(@Nullable Message message, @Nullable PsrpcException failure, boolean withNobody) {
        boolean biddersWait;
        synchronized (this) {
            if (state == State.DONE || (withNobody && isBeyondNobody())) {
                return;
            }
            boolean isUndecided = state == State.SELECTING || state == State.CHOOSING;
            boolean isAnswered = message != null || (failure != null && failure.isFromPeer());
            biddersWait = isUndecided && !hasNobody && !withNobody && !isWaitingForRoom() && !(isAnswered && isAlone());
            state = State.DONE;
        }
        forget();
        if (biddersWait) {
            client.releaseBidders(this);
        }
        if (client.hasObservers()) {
            notifyObservers(observer -> observer.onResponse(observed(), failure, sinceStart()));
        }
        completion.complete(message, failure);
    }

    /** One server has got the request, and it has not bid. */
    @GuardedBy("this")
    private boolean isAlone() {
        return target.info().routing() == Routing.QUEUE && bids.received() == 0;
    }

    /** Cancels it: the caller has gone. */
    void cancel() {
        end(canceled());
    }
}
