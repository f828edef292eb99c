package io.psrpc.internal.routing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.internal.ApiAccess;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/** Where frames leave: checks their size, and bounds what waits for the broker. */
public final class Outbox {
    private final BusTransport transport;
    private final long maxPendingBytes;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicInteger pendingFrames = new AtomicInteger();
    private final LongAdder published = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Set<RoomWaiter> waiters = new LinkedHashSet<>();

    private volatile boolean hasWaiters;

    public Outbox(BusTransport transport, long maxPendingBytes) {
        this.transport = transport;
        this.maxPendingBytes = maxPendingBytes;
    }

    /**
     * Publishes; the listener hears what became of it, perhaps before this returns. A frame that is too large, or finds no room, fails
     * {@code RESOURCE_EXHAUSTED}.
     */
    public void publish(Address to, byte[] frame, long notAfterNanos, boolean wantsReceivers, Outbound listener) {
        publish(to.name(), frame, notAfterNanos, wantsReceivers, listener);
    }

    public void publish(String address, byte[] frame, long notAfterNanos, boolean wantsReceivers, Outbound listener) {
        if (!tryPublish(address, frame, notAfterNanos, wantsReceivers, listener)) {
            listener.failed(exhausted("bytes waiting for " + transport.name() + ": " + pendingBytes.get()
                    + " (expected: at most " + maxPendingBytes + ", see BusOptions.maxPendingBytes)"));
        }
    }

    /** As {@link #publish}, but false, and nothing has happened, for a frame that finds no room: {@link #await} says when to try again. */
    public boolean tryPublish(
            String address, byte[] frame, long notAfterNanos, boolean wantsReceivers, Outbound listener) {
        int max = transport.maxFrameBytes();
        if (frame.length > max) {
            listener.failed(exhausted(
                    "message: " + frame.length + " bytes (expected: at most " + max + " on " + transport.name() + ")"));
            return true;
        }
        if (!reserve(frame.length)) {
            return false;
        }
        listener.reserved(this, frame.length);
        published.increment();
        try {
            transport.publish(new OutgoingFrame(address, frame, notAfterNanos, wantsReceivers), listener);
        } catch (RuntimeException e) {
            String message = transport.name() + ": publish failed: " + e.getMessage();
            listener.onFailed(ApiAccess.get().local(ErrorCode.INTERNAL, message, e, null));
        }
        return true;
    }

    private static PsrpcException exhausted(String message) {
        return ApiAccess.get().local(ErrorCode.RESOURCE_EXHAUSTED, message, null, null);
    }

    /** What is larger than the whole bound goes when nothing else waits: it would never go otherwise. */
    private boolean reserve(int bytes) {
        long before = pendingBytes.get();
        while (before == 0 || before + bytes <= maxPendingBytes) {
            if (pendingBytes.compareAndSet(before, before + bytes)) {
                pendingFrames.incrementAndGet();
                return true;
            }
            before = pendingBytes.get();
        }
        return false;
    }

    void release(int bytes) {
        pendingFrames.decrementAndGet();
        pendingBytes.addAndGet(-bytes);
        callWaiters();
    }

    /** Calls the waiter when it is his turn, perhaps at once. Then he tries to publish, or says that he does not: {@link #forget}. */
    public void await(RoomWaiter waiter) {
        lock.lock();
        try {
            waiters.add(waiter);
            hasWaiters = true;
        } finally {
            lock.unlock();
        }
        callWaiters();
    }

    /** He waits no longer, or does not want what he has waited for: it is the next one's turn. */
    public void forget(RoomWaiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
            hasWaiters = !waiters.isEmpty();
        } finally {
            lock.unlock();
        }
        callWaiters();
    }

    /** As many as there is room for. */
    private void callWaiters() {
        if (!hasWaiters) {
            return;
        }
        List<RoomWaiter> called = new ArrayList<>();
        lock.lock();
        try {
            long taken = pendingBytes.get();
            for (Iterator<RoomWaiter> each = waiters.iterator(); each.hasNext(); ) {
                RoomWaiter next = each.next();
                if (taken != 0 && taken + next.bytes() > maxPendingBytes) {
                    break;
                }
                taken += next.bytes();
                called.add(next);
                each.remove();
            }
            hasWaiters = !waiters.isEmpty();
        } finally {
            lock.unlock();
        }
        called.forEach(RoomWaiter::run);
    }

    /** How many wait for room. */
    public int waiters() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    public long publishedFrames() {
        return published.sum();
    }

    public int pendingFrames() {
        return pendingFrames.get();
    }

    public long pendingBytes() {
        return pendingBytes.get();
    }
}
