package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.Registration;
import io.psrpc.bus.Timekeeper.Cancellable;
import io.psrpc.internal.bus.EngineBus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a handler wants done when its request's deadline passes or its server is shut down, while it runs. */
final class Ending {
    private static final System.Logger LOG = System.getLogger("io.psrpc.server");

    private final IncomingRequest request;
    private final EngineBus bus;

    @GuardedBy("this")
    private final List<Action> actions = new ArrayList<>();

    @GuardedBy("this")
    private @Nullable Cancellable timer;

    @GuardedBy("this")
    private boolean isOver;

    Ending(IncomingRequest request, EngineBus bus) {
        this.request = request;
        this.bus = bus;
    }

    Registration add(Runnable action) {
        Action own = new Action(action);
        boolean runsNow;
        synchronized (this) {
            runsNow = request.isDone() && !isOver;
            if (!runsNow && !isOver) {
                actions.add(own);
                if (timer == null) {
                    timer = bus.time().schedule(request.remaining(), this::fire);
                }
            }
        }
        if (runsNow) {
            bus.workers().callbacks().execute(() -> run(own));
        }
        return () -> remove(own);
    }

    private synchronized void remove(Action action) {
        actions.remove(action);
    }

    /** The deadline has passed, or the server is shut down. */
    void fire() {
        List<Action> due;
        synchronized (this) {
            due = List.copyOf(actions);
            actions.clear();
        }
        if (!due.isEmpty()) {
            bus.workers().callbacks().execute(() -> due.forEach(this::run));
        }
    }

    private void run(Action action) {
        try {
            action.body.run();
        } catch (Throwable e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request " + request.message().requestId() + ": an onDone action failed",
                    e);
        }
    }

    /** The handler has returned: nothing is left to do. */
    void over() {
        Cancellable armed;
        synchronized (this) {
            isOver = true;
            actions.clear();
            armed = timer;
            timer = null;
        }
        if (armed != null) {
            armed.cancel();
        }
    }

    /** One registration: told from another one of the same body by identity. */
    private static final class Action {
        private final Runnable body;

        Action(Runnable body) {
            this.body = body;
        }
    }
}
