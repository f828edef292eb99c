package io.psrpc.internal.wire;

/** How many servers of the sender's process got a frame: a field of our own, which peers skip. */
final class ProcessServers {
    /** More than a process can have; a hostile count ends here. */
    static final int MAX = 1_000_000;

    private ProcessServers() {}

    /** What a uint32 on the wire means: at least the sender itself. */
    static int ofWire(int value) {
        return value < 0 ? MAX : Math.max(1, Math.min(value, MAX));
    }

    /** 1 is what an absent field means. */
    static int toWire(int count) {
        return count <= 1 ? 0 : count;
    }
}
