package io.psrpc.internal.routing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.internal.ApiAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Where frames leave: checks their size, and bounds what waits for the broker. */
public final class Outbox {
    private final BusTransport transport;
    private final long maxPendingBytes;
    private final AtomicLong pendingBytes = new AtomicLong();
    private final AtomicInteger pendingFrames = new AtomicInteger();
    private final LongAdder published = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final List<CompletableFuture<Void>> waiters = new ArrayList<>();

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
        PsrpcException refused = refusal(frame.length);
        if (refused != null) {
            listener.failed(refused);
            return;
        }
        listener.reserved(this, frame.length);
        published.increment();
        try {
            transport.publish(new OutgoingFrame(address, frame, notAfterNanos, wantsReceivers), listener);
        } catch (RuntimeException e) {
            String message = transport.name() + ": publish failed: " + e.getMessage();
            listener.onFailed(ApiAccess.get().local(ErrorCode.INTERNAL, message, e, null));
        }
    }

    private @Nullable PsrpcException refusal(int bytes) {
        int max = transport.maxFrameBytes();
        if (bytes > max) {
            return exhausted(
                    "message: " + bytes + " bytes (expected: at most " + max + " on " + transport.name() + ")");
        }
        if (!reserve(bytes)) {
            return exhausted("bytes waiting for " + transport.name() + ": " + pendingBytes.get()
                    + " (expected: at most " + maxPendingBytes + ", see BusOptions.maxPendingBytes)");
        }
        return null;
    }

    private static PsrpcException exhausted(String message) {
        return ApiAccess.get().local(ErrorCode.RESOURCE_EXHAUSTED, message, null, null);
    }

    /** What is larger than the whole bound goes when nothing else waits: it would never go otherwise. */
    private boolean reserve(int bytes) {
        long after = pendingBytes.addAndGet(bytes);
        if (after > maxPendingBytes && after != bytes) {
            pendingBytes.addAndGet(-bytes);
            return false;
        }
        pendingFrames.incrementAndGet();
        return true;
    }

    void release(int bytes) {
        pendingFrames.decrementAndGet();
        pendingBytes.addAndGet(-bytes);
        if (hasWaiters) {
            wake();
        }
    }

    private void wake() {
        List<CompletableFuture<Void>> woken;
        lock.lock();
        try {
            woken = List.copyOf(waiters);
            waiters.clear();
            hasWaiters = false;
        } finally {
            lock.unlock();
        }
        woken.forEach(waiter -> waiter.complete(null));
    }

    /** True when a frame of so many bytes would find room now. */
    public boolean hasRoom(int bytes) {
        long pending = pendingBytes.get();
        return pending == 0 || pending + bytes <= maxPendingBytes;
    }

    /** Done when something has left, so that {@link #hasRoom} is worth asking again. */
    public CompletableFuture<Void> whenRoom(int bytes) {
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        lock.lock();
        try {
            waiters.add(waiter);
            hasWaiters = true;
        } finally {
            lock.unlock();
        }
        if (hasRoom(bytes)) {
            wake();
        }
        return waiter;
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
