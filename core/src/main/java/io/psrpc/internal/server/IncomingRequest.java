package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.execution.Standpoint;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.time.Nanos;
import io.psrpc.internal.wire.RequestMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request that a server has taken, from its arrival to its answer. {@link Claim} decides whether it is this server's; this class runs
 * it. Whoever takes one must {@link #leave} it, once: the server counts.
 */
final class IncomingRequest implements Runnable {
    private final EngineBus bus;
    private final EngineServer server;
    private final ServedMethod served;
    private final RequestMessage message;
    private final Inbound inbound;
    private final KnownClient client;
    private final long deadlineNanos;
    private final Ending ending;
    private @Nullable Message payload;
    private @Nullable Announcement announcement;

    private final Object running = new Object();

    @GuardedBy("running")
    private @Nullable Thread userThread;

    @GuardedBy("running")
    private boolean isExcused;

    @GuardedBy("running")
    private boolean isDecided;

    @GuardedBy("running")
    private boolean hasLeft;

    IncomingRequest(
            EngineServer server,
            ServedMethod served,
            RequestMessage message,
            Inbound inbound,
            KnownClient client,
            long deadlineNanos) {
        this.bus = server.bus();
        this.server = server;
        this.served = served;
        this.message = message;
        this.inbound = inbound;
        this.client = client;
        this.deadlineNanos = deadlineNanos;
        this.ending = new Ending(this, bus);
    }

    EngineServer server() {
        return server;
    }

    ServedMethod served() {
        return served;
    }

    RequestMessage message() {
        return message;
    }

    Inbound inbound() {
        return inbound;
    }

    KnownClient client() {
        return client;
    }

    Ending ending() {
        return ending;
    }

    int processServers() {
        return inbound.processReceivers();
    }

    String label() {
        return served.label();
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - bus.time().nanoTime()));
    }

    boolean isExpired() {
        return bus.time().nanoTime() - deadlineNanos >= 0;
    }

    boolean isDone() {
        return server.isShutDown() || isExpired();
    }

    /** The request's message, once {@link #parse} has succeeded. */
    Message payload() {
        Message parsed = payload;
        return parsed != null ? parsed : served.requestPrototype();
    }

    /** Parses the payload. Null: done; else what to answer. */
    @Nullable
    PsrpcException parse() {
        if (payload != null) {
            return null;
        }
        try {
            var raw = message.rawPayload();
            payload = served.requestPrototype().getParserForType().parseFrom(raw.array(), raw.offset(), raw.length());
            return null;
        } catch (InvalidProtocolBufferException e) {
            String type = served.requestPrototype().getDescriptorForType().getFullName();
            return new PsrpcException(
                    ErrorCode.MALFORMED_REQUEST,
                    "request of " + label() + ": not a " + type + ": " + e.getMessage(),
                    e);
        }
    }

    /** It is decided who runs it. False: so it had been, as it has been delivered before. */
    boolean remember() {
        decided();
        var outcome = server.memory()
                .keep(
                        message.clientId(),
                        message.requestId(),
                        within(),
                        bus.time().nanoTime(),
                        deadlineNanos);
        if (outcome == RequestMemory.Outcome.NOT_KEPT) {
            bus.drops().dropped(DropReason.OVER_LIMIT, "remembered request ids");
        }
        return outcome != RequestMemory.Outcome.SEEN_BEFORE;
    }

    boolean isRemembered() {
        return server.memory()
                .has(
                        message.clientId(),
                        message.requestId(),
                        within(),
                        bus.time().nanoTime());
    }

    /** Of a queue's servers one runs a request; others may each. */
    private int within() {
        return served.isGroup() ? 0 : server.number();
    }

    void dropAsDuplicate() {
        bus.drops().dropped(DropReason.DUPLICATE, label());
        leave();
    }

    /** It is this server's: hands it to the executor. */
    void submit() {
        submit(false);
    }

    /** Runs without a claim: the client is told, unless the answer is quicker. */
    void submitAnnounced() {
        submit(true);
    }

    private void submit(boolean isAnnounced) {
        if (isAnnounced) {
            Announcement announcing = new Announcement(this);
            announcement = announcing;
            announcing.start(server.options().announceAfter());
        }
        if (!server.tryHandle(this)) {
            answer(ErrorCode.RESOURCE_EXHAUSTED.error("handlers of %s: all busy, and their queue is full", label()));
            leave();
        }
    }

    /** On the handler's thread. */
    @Override
    public void run() {
        try {
            if (isExpired()) {
                bus.drops().dropped(DropReason.EXPIRED, label() + ": waited too long for a thread");
            } else if (!enterUserCode()) {
                answer(new PsrpcException(ErrorCode.CANCELED, "server is closed"));
            } else {
                handle();
            }
        } finally {
            leave();
        }
    }

    /** On the thread of a handler or an affinity function. False: the server is shut down. */
    boolean enterUserCode() {
        synchronized (running) {
            if (server.isShutDown()) {
                return false;
            }
            userThread = Thread.currentThread();
            return true;
        }
    }

    private void handle() {
        Message result = null;
        PsrpcException failure = null;
        try {
            result = served.chain().proceed(new HandlerContext(this), payload());
        } catch (Throwable e) {
            failure = server.failures().toAnswer(this, e);
        } finally {
            leaveUserCode();
        }
        if (failure != null) {
            server.replies().fail(this, failure);
        } else {
            server.replies().respond(this, result);
        }
    }

    /** An interrupt that was meant for this request must not reach the thread's next one. */
    void leaveUserCode() {
        boolean mayBeInterrupted;
        synchronized (running) {
            userThread = null;
            mayBeInterrupted = server.isShutDown();
        }
        if (mayBeInterrupted) {
            Thread.interrupted();
        }
    }

    /** The server is shut down: interrupts the handler. */
    void interrupt() {
        ending.fire();
        synchronized (running) {
            if (userThread != null && !isExcused) {
                userThread.interrupt();
            }
        }
    }

    /** True, once, if its users' code runs on that thread: then it is not waited for, and not interrupted. */
    boolean excuse(Thread thread) {
        synchronized (running) {
            if (userThread != thread || isExcused) {
                return false;
            }
            isExcused = true;
        }
        decided();
        return true;
    }

    boolean isExcused() {
        synchronized (running) {
            return isExcused;
        }
    }

    boolean isInterruptedByShutdown(Throwable thrown) {
        return server.isShutDown()
                && (thrown instanceof InterruptedException
                        || thrown.getCause() instanceof InterruptedException
                        || (thrown instanceof PsrpcException e && e.code() == ErrorCode.CANCELED && !e.isFromPeer()));
    }

    /** Answers with an error, in place of the handler. */
    void answer(PsrpcException error) {
        server.replies().fail(this, error);
    }

    @Override
    public String toString() {
        Thread current;
        synchronized (running) {
            current = userThread;
        }
        String whose = label() + ", request " + message.requestId();
        return current == null ? "claim for " + whose : "handler of " + whose + ", at " + Standpoint.of(current);
    }

    /** This server is done with it, in whichever way. */
    void leave() {
        synchronized (running) {
            if (hasLeft) {
                return;
            }
            hasLeft = true;
        }
        decided();
        Announcement announcing = announcement;
        if (announcing != null) {
            announcing.end();
        }
        ending.over();
        server.left(this);
    }

    /** No answer to a bid for it is waited for any more. */
    private void decided() {
        synchronized (running) {
            if (isDecided) {
                return;
            }
            isDecided = true;
        }
        served.undecided().leave();
    }

    /** How long it may be held at the broker: at least as long as Go's lock, at most a minute. */
    Duration hold() {
        long left = deadlineNanos - bus.time().nanoTime();
        return Duration.ofNanos(Math.max(Claim.SHORTEST_HOLD_NANOS, Math.min(left, Claim.LONGEST_HOLD_NANOS)));
    }

    long nanosLeft() {
        return Math.min(Nanos.MAX, deadlineNanos - bus.time().nanoTime());
    }
}
