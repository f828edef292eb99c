package io.psrpc.benchmarks;

/** Where handlers and callbacks run. */
enum Executors {
    /** On what each contender has when nothing is said. */
    DEFAULT,
    /** On the thread that brings the message: {@code Runnable::run}, and {@code directExecutor} on both sides. */
    DIRECT;

    String label() {
        return this == DEFAULT ? "default" : "direct";
    }
}
