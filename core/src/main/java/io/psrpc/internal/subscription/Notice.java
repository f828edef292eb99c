package io.psrpc.internal.subscription;

/** What was lost at one place between two updates. Guarded by the buffer's lock until it is taken. */
final class Notice {
    long drops;
    long gaps;

    boolean isEmpty() {
        return drops == 0 && gaps == 0;
    }

    void add(Notice other) {
        drops += other.drops;
        gaps += other.gaps;
    }
}
