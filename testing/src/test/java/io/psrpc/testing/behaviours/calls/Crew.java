package io.psrpc.testing.behaviours.calls;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The threads that handlers and callbacks run on; knows whether there is anything left that they would do by themselves. */
final class Crew implements Executor, AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(Crew::thread);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private long submitted;
    private int running;
    private int atGates;
    private boolean isClosed;

    private static Thread thread(Runnable loop) {
        Thread thread = new Thread(loop, "crew");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable task) {
        submitting();
        try {
            threads.execute(() -> {
                try {
                    task.run();
                } finally {
                    ended();
                }
            });
        } catch (RuntimeException e) {
            ended();
            throw e;
        }
    }

    private void submitting() {
        lock.lock();
        try {
            submitted++;
            running++;
        } finally {
            lock.unlock();
        }
    }

    private void ended() {
        lock.lock();
        try {
            running--;
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks there have been. */
    long submitted() {
        lock.lock();
        try {
            return submitted;
        } finally {
            lock.unlock();
        }
    }

    /** True: no task has come since there were so many, and all have ended, or stand at a gate. */
    boolean isIdleSince(long tasks) {
        lock.lock();
        try {
            return submitted == tasks && running == atGates;
        } finally {
            lock.unlock();
        }
    }

    Gate gate() {
        return new Gate();
    }

    /** Opens all gates. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            atGates = 0;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
        threads.shutdown();
    }

    /** Keeps tasks of the crew until it is opened, once. */
    final class Gate {
        private int waiting;
        private boolean isOpen;

        private Gate() {}

        /** Returns when the gate is open. On a thread of the crew. */
        void pass() throws InterruptedException {
            lock.lockInterruptibly();
            try {
                if (isOpen || isClosed) {
                    return;
                }
                waiting++;
                atGates++;
                while (!isOpen && !isClosed) {
                    opened.await();
                }
            } catch (InterruptedException e) {
                leave();
                throw e;
            } finally {
                lock.unlock();
            }
        }

        private void leave() {
            if (!isOpen && !isClosed) {
                waiting--;
                atGates--;
            }
        }

        /** Those who wait count as running from here on. */
        void open() {
            lock.lock();
            try {
                if (!isOpen && !isClosed) {
                    isOpen = true;
                    atGates -= waiting;
                    opened.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
