package io.psrpc.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.internal.ApiAccess;
import io.psrpc.internal.OnePass;
import io.psrpc.internal.execution.Waiting;
import io.psrpc.internal.execution.Workers;
import io.psrpc.internal.time.Nanos;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The answers of one multi call between the engine and the caller's thread. */
final class QueuedResponses<R extends Message> implements Responses<R>, MultiCall.Sink {
    /** Where answers come from that nobody puts in by himself. */
    interface Upstream {
        /** What a pull has come to. */
        enum Pull {
            PULLED,
            TIMED_OUT,
            NOTHING_TO_COME
        }

        /** Gets one answer, if it can, and puts it in. */
        Pull pull(long waitNanos);
    }

    private final Upstream upstream;
    private final OnePass<Response<R>> pass = new OnePass<>(this::next);
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final Queue<Response<Message>> queue = new ArrayDeque<>();

    @GuardedBy("lock")
    private @Nullable End end;

    @GuardedBy("lock")
    private @Nullable PsrpcException failure;

    @GuardedBy("lock")
    private boolean isSeenToEnd;

    private volatile Runnable closing = () -> {};

    /** Answers are put in by the engine. */
    QueuedResponses() {
        this(waitNanos -> Upstream.Pull.NOTHING_TO_COME);
    }

    QueuedResponses(Upstream upstream) {
        this.upstream = upstream;
    }

    /** What ends the call early. */
    void onClose(Runnable action) {
        closing = action;
    }

    @Override
    public void onResponse(Response<Message> response) {
        lock.lock();
        try {
            if (end == null) {
                queue.add(response);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEnd(End end, @Nullable PsrpcException failure) {
        lock.lock();
        try {
            if (this.end == null) {
                this.end = end;
                this.failure = failure;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Response<R>> next() {
        return take(Nanos.MAX);
    }

    @Override
    public Optional<Response<R>> next(Duration wait) {
        return take(Nanos.of(wait));
    }

    @SuppressWarnings("unchecked") // the call parses with the method's own prototype
    private Optional<Response<R>> take(long waitNanos) {
        Upstream.Pull pull = Upstream.Pull.PULLED;
        while (pull == Upstream.Pull.PULLED && !isReady()) {
            pull = upstream.pull(waitNanos);
        }
        if (pull == Upstream.Pull.NOTHING_TO_COME) {
            await(waitNanos);
        }
        lock.lock();
        try {
            Response<Message> next = queue.poll();
            if (next == null && end != null) {
                isSeenToEnd = true;
                throwFailure();
            }
            return Optional.ofNullable((Response<R>) (Response<?>) next);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void throwFailure() {
        if (failure != null) {
            throw ApiAccess.get().rethrowable(failure);
        }
    }

    private void await(long waitNanos) {
        if (!isReady()) {
            Waiting.checkMayBlock("Responses.next");
            try {
                Workers.block(new Wait(waitNanos));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PsrpcException(ErrorCode.CANCELED, "interrupted while waiting for an answer", e);
            }
        }
    }

    private boolean isReady() {
        lock.lock();
        try {
            return !queue.isEmpty() || end != null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for an answer or the end, on real time: the caller's patience is not the call's. */
    private final class Wait implements ForkJoinPool.ManagedBlocker {
        private long left;

        Wait(long nanos) {
            left = nanos;
        }

        @Override
        public boolean block() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (queue.isEmpty() && end == null && left > 0) {
                    left = changed.awaitNanos(left);
                }
            } finally {
                lock.unlock();
            }
            return true;
        }

        @Override
        public boolean isReleasable() {
            return isReady();
        }
    }

    @Override
    public Iterator<Response<R>> iterator() {
        return pass.iterator();
    }

    @Override
    public End end() {
        lock.lock();
        try {
            if (!isSeenToEnd || end == null) {
                throw new IllegalStateException("end: not known yet (expected: after next() was empty)");
            }
            return end;
        } finally {
            lock.unlock();
        }
    }

    boolean isSeenToEnd() {
        lock.lock();
        try {
            return isSeenToEnd;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closing.run();
        lock.lock();
        try {
            queue.clear();
            failure = null;
            end = end == null ? End.CLOSED : end;
            isSeenToEnd = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
