package io.psrpc.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientObserver;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.Timekeeper.Cancellable;
import io.psrpc.internal.ApiAccess;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.routing.Outbound;
import io.psrpc.internal.routing.RoomWaiter;
import io.psrpc.internal.time.Nanos;
import io.psrpc.internal.wire.BidMessage;
import io.psrpc.internal.wire.MessageType;
import io.psrpc.internal.wire.ResponseMessage;
import io.psrpc.internal.wire.WireProfile;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call under way: a state object, not a thread. It hears what became of its request, and has one timer, which it re-arms for its
 * next event. Its own monitor guards its state; nothing is published, completed or called back inside it.
 */
abstract class PendingCall extends Outbound {
    static final String NO_RESPONSE = "no response from servers";
    static final String TIMED_OUT = "request timed out";
    private static final long FIRST_PAUSE_NANOS = 10_000_000;
    private static final long LONGEST_PAUSE_NANOS = 200_000_000;
    private static final long NOT_ASKING = Long.MIN_VALUE;

    final EngineClient client;
    final EngineBus bus;
    final CallTarget target;
    final CallOptions options;
    final String requestId;
    final long startNanos;
    final long deadlineNanos;

    private final Message request;
    private final long timeoutNanos;
    private @Nullable ClientCall observed;

    @GuardedBy("this")
    private @Nullable Cancellable timer;

    @GuardedBy("this")
    private long timerNanos;

    @GuardedBy("this")
    private int timerNumber;

    @GuardedBy("this")
    private long askAgainNanos = NOT_ASKING;

    @GuardedBy("this")
    private long pauseNanos = FIRST_PAUSE_NANOS;

    private boolean hasAskedAgain;

    /** Set before anyone else knows the call. */
    private boolean isPatient;

    /** Not null: the request waits for room to go out. */
    @GuardedBy("this")
    private @Nullable RoomWaiter room;

    PendingCall(EngineClient client, CallTarget target, Message request, CallOptions options, long timeoutNanos) {
        this.client = client;
        this.bus = client.bus();
        this.target = target;
        this.request = request;
        this.options = options;
        this.timeoutNanos = timeoutNanos;
        this.requestId = client.nextRequestId();
        this.startNanos = bus.time().nanoTime();
        this.deadlineNanos = startNanos + timeoutNanos;
    }

    /** The request as it goes out, sent now. */
    byte[] encode() {
        MessageType.check(request, target.method().request());
        long sentAt = bus.epochNanos();
        long left = deadlineNanos - bus.time().nanoTime();
        long expiry = left == Nanos.MAX || sentAt + left < sentAt ? Long.MAX_VALUE : sentAt + left;
        boolean skipClaim = isQueue() && !isMulti();
        return bus.writer()
                .request(
                        target.requests().key(),
                        requestId,
                        client.clientId(),
                        sentAt,
                        expiry,
                        isMulti(),
                        skipClaim,
                        options.metadata(),
                        request,
                        WireProfile.CURRENT);
    }

    private boolean isQueue() {
        return target.info().routing() == io.psrpc.MethodInfo.Routing.QUEUE;
    }

    abstract boolean isMulti();

    /** As {@link #start}, but a request that finds no room to go out waits for it until the deadline. */
    final void startPatiently(byte[] frame) {
        isPatient = true;
        start(frame);
    }

    /** Enters it into the client's table and publishes the request. */
    final void start(byte[] frame) {
        if (client.hasObservers()) {
            notifyObservers(observer -> observer.onRequest(observed()));
        }
        if (!client.admit(this)) {
            endUnsent(client.closedError());
            return;
        }
        synchronized (this) {
            if (!isDone()) {
                arm(nextEventNanos());
            }
        }
        publish(frame);
    }

    private void publish(byte[] frame) {
        if (bus.state().status() != io.psrpc.bus.BusState.Status.CONNECTED) {
            endUnsent(local(ErrorCode.UNAVAILABLE, bus.name() + ": not connected"));
        } else if (!isPatient) {
            bus.outbox().publish(target.requests(), frame, deadlineNanos, true, this);
        } else if (!bus.outbox().tryPublish(target.requests().name(), frame, deadlineNanos, true, this)) {
            awaitRoom(frame.length);
        }
    }

    private void awaitRoom(int bytes) {
        Executor callbacks = bus.workers().callbacks();
        RoomWaiter waiter = new RoomWaiter(bytes, () -> callbacks.execute(this::onRoom));
        synchronized (this) {
            if (isDone()) {
                return;
            }
            room = waiter;
        }
        bus.outbox().await(waiter);
    }

    private void onRoom() {
        RoomWaiter waiter;
        boolean isOver;
        synchronized (this) {
            waiter = room;
            room = null;
            isOver = isDone();
            if (!isOver) {
                // Selecting a server begins when the request goes out.
                asksAgain(bus.time().nanoTime());
                arm(nextEventNanos());
            }
        }
        if (!isOver) {
            publish(encode());
        } else if (waiter != null) {
            bus.outbox().forget(waiter);
        }
    }

    @GuardedBy("this")
    abstract boolean isDone();

    /** When the timer has to look again, if nobody is waited for. */
    @GuardedBy("this")
    abstract long nextEventNanos();

    /** The timer: something may be due. */
    abstract void onDue(long nowNanos);

    abstract void onBid(BidMessage bid);

    abstract void onResponse(ResponseMessage response);

    /** Ends the call with this failure, unless it has ended. */
    abstract void end(PsrpcException failure);

    /** As {@link #end}; the request did not go out this time. */
    abstract void endUnsent(PsrpcException failure);

    /** The broker has found nobody: ends the call, unless it is {@link #isBeyondNobody}. */
    abstract void endWithNobody();

    /** A server has been heard of, or the call has ended. */
    @GuardedBy("this")
    abstract boolean isBeyondNobody();

    /** The request goes out again, so waiting starts anew. */
    @GuardedBy("this")
    abstract void asksAgain(long nowNanos);

    /** A node in the wheel stays where it is when the next event is later: it looks again when it fires. */
    @GuardedBy("this")
    final void arm(long atNanos) {
        Cancellable before = timer;
        if (before != null && atNanos - timerNanos >= 0) {
            return;
        }
        if (before != null) {
            before.cancel();
        }
        timerNanos = atNanos;
        int number = ++timerNumber;
        timer = bus.time().schedule(Duration.ofNanos(atNanos - bus.time().nanoTime()), () -> onTimer(number));
    }

    /** One that was replaced while it fired has nothing to say. */
    private void onTimer(int number) {
        long now = bus.time().nanoTime();
        boolean asks = false;
        synchronized (this) {
            if (number != timerNumber) {
                return;
            }
            timer = null;
            if (isDone()) {
                return;
            }
            if (askAgainNanos != NOT_ASKING && now - askAgainNanos >= 0 && now - deadlineNanos < 0) {
                askAgainNanos = NOT_ASKING;
                asks = true;
                hasAskedAgain = true;
                asksAgain(now);
            }
        }
        if (asks) {
            publish(encode());
        } else {
            onDue(now);
        }
        synchronized (this) {
            if (!isDone()) {
                arm(askAgainNanos != NOT_ASKING ? earlier(askAgainNanos, deadlineNanos) : nextEventNanos());
            }
        }
    }

    static long earlier(long a, long b) {
        return a - b < 0 ? a : b;
    }

    /** True: the call waits for a server, and asks again in a while unless one has been heard of. */
    final boolean asksAgainLater() {
        if (!options.waitForServer()) {
            return false;
        }
        synchronized (this) {
            if (askAgainNanos != NOT_ASKING || isBeyondNobody()) {
                return true;
            }
            askAgainNanos = bus.time().nanoTime() + pauseNanos;
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            arm(earlier(askAgainNanos, deadlineNanos));
            return true;
        }
    }

    /** Nobody has the request, now. */
    @GuardedBy("this")
    final boolean isBetweenAsking() {
        return askAgainNanos != NOT_ASKING || room != null;
    }

    /** The request waits for room to go out. */
    @GuardedBy("this")
    final boolean isWaitingForRoom() {
        return room != null;
    }

    /** Under the monitor: the request is not the first that goes out. */
    final boolean hasAskedAgain() {
        return hasAskedAgain;
    }

    @Override
    protected final void nobodyThere() {
        if (!asksAgainLater()) {
            endWithNobody();
        }
    }

    @Override
    protected final void failed(PsrpcException failure) {
        endUnsent(failure);
    }

    /** After the monitor: takes the call out of the tables. Called once. */
    final void forget() {
        client.forget(this);
        Cancellable armed;
        RoomWaiter waiter;
        synchronized (this) {
            armed = timer;
            timer = null;
            waiter = room;
        }
        if (armed != null) {
            armed.cancel();
        }
        if (waiter != null) {
            bus.outbox().forget(waiter);
        }
    }

    final PsrpcException local(ErrorCode code, String message) {
        return ApiAccess.get().local(code, message, null, requestId);
    }

    final PsrpcException canceled() {
        return local(ErrorCode.CANCELED, "request canceled");
    }

    final Duration sinceStart() {
        return Duration.ofNanos(bus.time().nanoTime() - startNanos);
    }

    final ClientCall observed() {
        ClientCall call = observed;
        if (call == null) {
            call = new ClientCall(target.info(), target.topic(), request, options);
            observed = call;
        }
        return call;
    }

    final void notifyObservers(Consumer<ClientObserver> event) {
        client.notifyObservers(event);
    }

    long timeoutNanos() {
        return timeoutNanos;
    }
}
