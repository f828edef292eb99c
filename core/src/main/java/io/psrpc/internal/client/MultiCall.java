package io.psrpc.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses.End;
import io.psrpc.internal.wire.BidMessage;
import io.psrpc.internal.wire.ResponseMessage;
import org.jspecify.annotations.Nullable;

/** One request to every server, an answer from each. Ends when everyone, or as many as expected, have answered, or at its deadline. */
final class MultiCall extends PendingCall {
    private static final int MAX_ANSWERS = 10_000;

    /** Gets the answers in order, then the end, once. Called inside the call's monitor: only keeps what it gets. */
    interface Sink {
        void onResponse(Response<Message> response);

        void onEnd(End end, @Nullable PsrpcException failure);

        /** Called outside the monitor after each of the others: time to pass on what was kept. */
        default void flush() {}
    }

    private final Sink sink;
    private final int expected;

    @GuardedBy("this")
    private final Participants answered = new Participants(MAX_ANSWERS);

    @GuardedBy("this")
    private boolean done;

    MultiCall(
            EngineClient client,
            CallTarget target,
            Message request,
            CallOptions options,
            long timeoutNanos,
            Sink sink) {
        super(client, target, request, options, timeoutNanos);
        this.sink = sink;
        this.expected = options.expectedResponses().orElse(0);
    }

    @Override
    boolean isMulti() {
        return true;
    }

    @GuardedBy("this")
    @Override
    boolean isDone() {
        return done;
    }

    @Override
    long nextEventNanos() {
        return deadlineNanos;
    }

    @GuardedBy("this")
    @Override
    boolean isBeyondNobody() {
        return done || answered.size() > 0;
    }

    @Override
    void endUnsent(PsrpcException failure) {
        end(failure);
    }

    @GuardedBy("this")
    @Override
    void asksAgain(long nowNanos) {
        answered.reset();
    }

    @Override
    void endWithNobody() {
        finish(End.NOBODY_THERE, null);
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
        End end;
        synchronized (this) {
            answered.counted(receivers);
            end = endSoFar();
        }
        if (end != null) {
            finish(end, null);
        }
    }

    @Override
    void onDue(long nowNanos) {
        if (nowNanos - deadlineNanos < 0) {
            return;
        }
        boolean isUnsent;
        synchronized (this) {
            isUnsent = isWaitingForRoom();
        }
        if (isUnsent) {
            end(local(ErrorCode.DEADLINE_EXCEEDED, TIMED_OUT));
        } else {
            finish(End.DEADLINE, null);
        }
    }

    @Override
    void onBid(BidMessage bid) {
        // Nobody bids for a multi call; who does is ignored, as Go does.
    }

    @Override
    void onResponse(ResponseMessage response) {
        Response<Message> answer = read(response);
        End end;
        synchronized (this) {
            if (done) {
                return;
            }
            if (!answered.add(response.serverId(), response.processServers())) {
                client.ignored(answered.isFull(), "answers of " + target.label());
                return;
            }
            sink.onResponse(answer);
            end = endSoFar();
        }
        sink.flush();
        if (end != null) {
            finish(end, null);
        }
    }

    @GuardedBy("this")
    private @Nullable End endSoFar() {
        if (expected > 0) {
            return answered.size() >= expected ? End.EXPECTED_REACHED : null;
        }
        return options.earlyEnd() && answered.isEveryone() ? End.EVERYONE_ANSWERED : null;
    }

    private Response<Message> read(ResponseMessage response) {
        String serverId = response.serverId();
        if (!Answers.isSuccess(response)) {
            return new Response.Failure<>(serverId, Answers.error(response));
        }
        try {
            return new Response.Success<>(
                    serverId, Answers.message(response, target.method().response()));
        } catch (PsrpcException e) {
            return new Response.Failure<>(serverId, e);
        }
    }

    @Override
    void end(PsrpcException failure) {
        finish(End.CLOSED, failure);
    }

    /** The caller has seen enough. */
    void close() {
        finish(End.CLOSED, null);
    }

    private void finish(End end, @Nullable PsrpcException failure) {
        synchronized (this) {
            if (done || (end == End.NOBODY_THERE && isBeyondNobody())) {
                return;
            }
            done = true;
            sink.onEnd(end, failure);
        }
        forget();
        sink.flush();
        notifyObservers(observer -> observer.onResponse(observed(), failure, sinceStart()));
    }
}
