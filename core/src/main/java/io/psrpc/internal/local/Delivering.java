package io.psrpc.internal.local;

import io.psrpc.bus.TransportHost;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.local.LocalAddress.Step;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that one thread owns now. What a listener publishes from inside a delivery is delivered after it, by the outermost call,
 * so the stack does not grow. After 64 steps the rest goes to the executor: a publisher is not kept by what others, or its own frames'
 * listeners, publish meanwhile.
 */
final class Delivering {
    private static final int STEPS_IN_A_ROW = 64;

    private static final ThreadLocal<Delivering> THREAD = ThreadLocal.withInitial(Delivering::new);

    private final ArrayDeque<LocalAddress> due = new ArrayDeque<>(4);
    private boolean isRunning;

    private Delivering() {}

    static Delivering onThisThread() {
        return THREAD.get();
    }

    boolean isRunning() {
        return isRunning;
    }

    /**
     * Sees to an address whose owner the thread has become.
     *
     * @param first its first step, where that is not in its queue; only if this is not running
     */
    void run(LocalAddress address, @Nullable Step first, TransportHost host) {
        if (isRunning) {
            due.add(address);
            return;
        }
        isRunning = true;
        EngineThread mark = EngineThread.enter();
        try {
            if (address.runNext(first)) {
                due.addFirst(address);
            }
            if (!due.isEmpty()) {
                runDue(host);
            }
        } finally {
            mark.exit();
            isRunning = false;
        }
    }

    private void runDue(TransportHost host) {
        int left = STEPS_IN_A_ROW - 1;
        for (LocalAddress address = due.peek(); address != null; address = due.peek()) {
            if (left-- > 0) {
                if (!address.runNext(null)) {
                    due.remove();
                }
            } else {
                handOver(host);
                left = STEPS_IN_A_ROW;
            }
        }
    }

    /** Nothing is due afterwards, unless the executor runs its tasks at once or rejects them: then it is ours again. */
    private void handOver(TransportHost host) {
        for (int i = due.size(); i > 0; i--) {
            Ownership ownership = new Ownership(due.remove(), host);
            try {
                host.executor().execute(ownership);
            } catch (Throwable rejected) {
                ownership.run();
            }
        }
    }

    /** An address on its way to the executor's thread. Whatever an executor does besides failing, it is taken once. */
    private static final class Ownership implements Runnable {
        private final AtomicBoolean taken = new AtomicBoolean();
        private final LocalAddress address;
        private final TransportHost host;

        Ownership(LocalAddress address, TransportHost host) {
            this.address = address;
            this.host = host;
        }

        @Override
        public void run() {
            if (taken.compareAndSet(false, true)) {
                onThisThread().run(address, null, host);
            }
        }
    }
}
