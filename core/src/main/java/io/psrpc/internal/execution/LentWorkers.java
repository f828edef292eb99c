package io.psrpc.internal.execution;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Handlers and callbacks on an executor of the user's. A callback that it rejects runs on workers of our own instead. */
final class LentWorkers implements Workers {
    private static final System.Logger LOG = System.getLogger(LentWorkers.class.getName());

    private final Executor lent;
    private final Workers reserve;
    private final AtomicBoolean isRejecting = new AtomicBoolean();

    LentWorkers(Executor lent, Workers reserve) {
        this.lent = lent;
        this.reserve = reserve;
    }

    @Override
    public boolean tryHandle(Runnable handler) {
        try {
            lent.execute(UserTask.handler(handler));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The executor failed", e);
            return false;
        }
    }

    @Override
    public Executor callbacks() {
        return this::call;
    }

    @Override
    public void close() {
        reserve.close();
    }

    private void call(Runnable callback) {
        UserTask task = UserTask.callback(callback);
        try {
            lent.execute(task);
            if (isRejecting.getPlain()) {
                isRejecting.set(false);
            }
        } catch (RuntimeException full) {
            if (isRejecting.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "The executor rejects callbacks, which now run on threads of the bus", full);
            }
            reserve.callbacks().execute(task);
        }
    }
}
