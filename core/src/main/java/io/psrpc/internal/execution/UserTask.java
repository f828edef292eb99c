package io.psrpc.internal.execution;

import java.lang.System.Logger.Level;

/** A user's code, whose failure is logged and ends nothing else. */
record UserTask(String what, Runnable task) implements Runnable {
    private static final System.Logger LOG = System.getLogger(UserTask.class.getName());

    static UserTask handler(Runnable task) {
        return new UserTask("A handler", task);
    }

    static UserTask callback(Runnable task) {
        return new UserTask("A callback", task);
    }

    @Override
    public void run() {
        try {
            task.run();
        } catch (Throwable failure) {
            LOG.log(Level.ERROR, what + " failed", failure);
        }
    }
}
