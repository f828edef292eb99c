package io.psrpc.internal.routing;

/** One who waits until a frame may find room in the {@link Outbox}. Each in his turn. */
public final class RoomWaiter {
    private final int bytes;
    private final Runnable task;

    /** For a frame of so many bytes; {@code task} must not block. It may try, find no room after all, and wait again. */
    public RoomWaiter(int bytes, Runnable task) {
        this.bytes = bytes;
        this.task = task;
    }

    int bytes() {
        return bytes;
    }

    void run() {
        task.run();
    }
}
