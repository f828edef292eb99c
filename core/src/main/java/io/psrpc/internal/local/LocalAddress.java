package io.psrpc.internal.local;

import io.psrpc.bus.TransportHost;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An address: who is subscribed, and the steps that wait. Steps run one at a time, in the order in which they were posted, on the thread
 * that found the address idle or on an executor.
 *
 * <p>Who raises {@link #pending} from zero owns the address until it is zero again. A step is in the queue before it is counted, so the
 * owner finds as many steps as it counts down, and leaves none behind.
 */
final class LocalAddress {
    /** A frame, or something else that takes its turn among the frames. A failure is logged. */
    @FunctionalInterface
    interface Step {
        void run(LocalAddress at);
    }

    private static final System.Logger LOG = System.getLogger(LocalAddress.class.getName());

    private final String name;
    private final ConcurrentLinkedQueue<Step> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile Members members = Members.NONE;
    /** The owner's. */
    private int groupTurns;

    LocalAddress(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Members members() {
        return members;
    }

    /** By the exchange, one at a time. */
    void changeMembers(Members changed) {
        members = changed;
    }

    /** Runs {@code step} before this returns if nothing waits here and the thread is not delivering already, otherwise later. */
    void post(TransportHost from, Step step) {
        Delivering thread = Delivering.onThisThread();
        if (!thread.isRunning() && pending.compareAndSet(0, 1)) {
            if (waiting.isEmpty()) {
                thread.run(this, step, from);
            } else {
                // Somebody's step is not counted yet, and for it one of ours may have been left: that one goes first.
                waiting.add(step);
                thread.run(this, null, from);
            }
            return;
        }
        waiting.add(step);
        if (pending.getAndIncrement() == 0) {
            thread.run(this, null, from);
        }
    }

    /**
     * Runs the next step, by the owner.
     *
     * @param step where it is not in the queue
     * @return false: it was the last, and the address is the caller's no more
     */
    boolean runNext(@Nullable Step step) {
        Step next = step != null ? step : Objects.requireNonNull(waiting.poll());
        try {
            next.run(this);
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, "A frame of " + name + " is lost", failure);
        }
        return pending.decrementAndGet() > 0;
    }

    /** Which of a group of {@code size} is next, by the owner. */
    int nextOf(int size) {
        return Math.floorMod(groupTurns++, size);
    }
}
