package io.psrpc.internal.subscription;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.SubscriptionOptions;
import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.internal.ApiAccess;
import io.psrpc.internal.wire.Envelope;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The updates of one subscription that its consumer has not taken yet, and whether more will come. All state is guarded by the lock,
 * which is never held while anything else is called.
 */
final class UpdateBuffer implements UpdateSink {
    /** What may be buffered besides the capacity in updates: a thousand updates of a megabyte are a heap. */
    static final long MAX_BYTES = 64L << 20;

    private enum State {
        OPEN,
        /** Nothing more is stored; what is buffered can be taken, then the failure. */
        FAILED,
        CLOSED
    }

    final ReentrantLock lock = new ReentrantLock();
    final Condition arrived = lock.newCondition();

    private final String name;
    private final SubscriptionOptions options;
    private final boolean keepsNotices;
    private final LossReport report;
    private final Lease lease;
    private volatile Runnable wake = () -> {};

    /** Envelopes, and notices between them, no two of which are neighbours. */
    @GuardedBy("lock")
    private final ArrayDeque<Object> items = new ArrayDeque<>();

    @GuardedBy("lock")
    private Notice ahead = new Notice();

    @GuardedBy("lock")
    private int updates;

    @GuardedBy("lock")
    private long bytes;

    @GuardedBy("lock")
    private long dropped;

    @GuardedBy("lock")
    private long gaps;

    @GuardedBy("lock")
    private State state = State.OPEN;

    @GuardedBy("lock")
    private @Nullable PsrpcException failure;

    @GuardedBy("lock")
    private boolean isEndTaken;

    /**
     * Open, and empty.
     *
     * @param keepsNotices whether the consumer is told of losses in their place
     */
    UpdateBuffer(String name, SubscriptionOptions options, boolean keepsNotices, LossReport report, Lease lease) {
        this.name = name;
        this.options = options;
        this.keepsNotices = keepsNotices;
        this.report = report;
        this.lease = lease;
    }

    /** Runs {@code wake} from now on when something came that can be taken, outside the lock; it must not block. */
    void onArrival(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public boolean hasRoom() {
        lock.lock();
        try {
            return state == State.OPEN && !isFull();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void offer(Envelope update) {
        boolean late;
        int lost = 0;
        lock.lock();
        try {
            late = state != State.OPEN;
            if (!late) {
                lost = store(update);
                dropped += lost;
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
        if (late) {
            report.late();
            return;
        }
        if (lost > 0) {
            reportLoss(lost);
        }
        wake.run();
    }

    @Override
    public void gap() {
        lock.lock();
        try {
            if (state != State.OPEN) {
                return;
            }
            gaps++;
            if (!keepsNotices) {
                return;
            }
            noticeAtEnd().gaps++;
        } finally {
            lock.unlock();
        }
        wake.run();
    }

    @Override
    public void end(@Nullable PsrpcException failure) {
        lock.lock();
        try {
            if (state != State.OPEN) {
                return;
            }
            if (failure == null) {
                discard();
            } else {
                fail(failure);
            }
            arrived.signal();
        } finally {
            lock.unlock();
        }
        wake.run();
    }

    /** Nothing is taken from it any more, and its reader wakes. */
    void close() {
        lock.lock();
        try {
            discard();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next envelope, notice or end, or null if there is none yet. */
    @GuardedBy("lock")
    @Nullable
    Object take() {
        if (isAtEnd()) {
            isEndTaken = true;
            return failure == null ? End.CLOSED : new End(failure);
        }
        absorbNotice();
        if (!ahead.isEmpty()) {
            Notice taken = ahead;
            ahead = new Notice();
            return taken;
        }
        return items.isEmpty() ? null : removeOldest();
    }

    /** Whether {@link #take} would say that there is no more. */
    @GuardedBy("lock")
    boolean isAtEnd() {
        return state == State.CLOSED || (state == State.FAILED && items.isEmpty() && ahead.isEmpty());
    }

    /** Whether {@link #take} would return anything. */
    @GuardedBy("lock")
    boolean hasNext() {
        return !items.isEmpty() || !ahead.isEmpty() || isAtEnd();
    }

    /** Whether nothing comes any more: it was closed, or its failure was taken. */
    boolean isOver() {
        lock.lock();
        try {
            return state == State.CLOSED || isEndTaken;
        } finally {
            lock.unlock();
        }
    }

    void countUnreadable() {
        lock.lock();
        try {
            dropped++;
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    long gaps() {
        lock.lock();
        try {
            return gaps;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private boolean isFull() {
        return updates >= options.capacity() || bytes >= MAX_BYTES;
    }

    /** Returns how many updates that cost. */
    @GuardedBy("lock")
    private int store(Envelope update) {
        int lost = 0;
        if (isFull() && options.overflow() == Overflow.DROP_OLDEST) {
            lost = makeRoom();
        } else if (isFull()) {
            refuse();
            return 1;
        }
        items.addLast(update);
        updates++;
        bytes += size(update);
        return lost;
    }

    @GuardedBy("lock")
    private int makeRoom() {
        int lost = 0;
        while (isFull()) {
            absorbNotice();
            removeOldest();
            lost++;
        }
        if (keepsNotices) {
            ahead.drops += lost;
        }
        return lost;
    }

    @GuardedBy("lock")
    private void refuse() {
        if (options.overflow() == Overflow.FAIL) {
            fail(ApiAccess.get().local(ErrorCode.RESOURCE_EXHAUSTED, tooSlow(), null, null));
        } else if (keepsNotices) {
            noticeAtEnd().drops++;
        }
    }

    @GuardedBy("lock")
    private String tooSlow() {
        String full = updates >= options.capacity()
                ? "capacity: " + options.capacity() + " updates"
                : "buffered: " + bytes + " bytes";
        return full + " of subscription " + name
                + " wait (expected: a consumer that keeps up, or another capacity or Overflow in SubscriptionOptions)";
    }

    private void reportLoss(int lost) {
        report.bufferFull(lost);
        if (options.overflow() == Overflow.FAIL) {
            lease.release();
        }
    }

    @GuardedBy("lock")
    private void fail(PsrpcException failure) {
        state = State.FAILED;
        this.failure = failure;
    }

    @GuardedBy("lock")
    private void discard() {
        state = State.CLOSED;
        failure = null;
        items.clear();
        updates = 0;
        bytes = 0;
        ahead = new Notice();
    }

    @GuardedBy("lock")
    private Envelope removeOldest() {
        Envelope oldest = (Envelope) Objects.requireNonNull(items.pollFirst());
        updates--;
        bytes -= size(oldest);
        return oldest;
    }

    @GuardedBy("lock")
    private void absorbNotice() {
        if (items.peekFirst() instanceof Notice first) {
            items.removeFirst();
            ahead.add(first);
        }
    }

    @GuardedBy("lock")
    private Notice noticeAtEnd() {
        if (items.isEmpty()) {
            return ahead;
        }
        if (items.peekLast() instanceof Notice last) {
            return last;
        }
        Notice last = new Notice();
        items.addLast(last);
        return last;
    }

    /** An envelope keeps its whole frame. */
    private static long size(Envelope update) {
        return Math.max(update.carried().array().length, update.typeUrl().array().length);
    }
}
