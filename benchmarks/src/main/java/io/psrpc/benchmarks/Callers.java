package io.psrpc.benchmarks;

/** Who calls. */
enum Callers {
    /** As many platform threads as calls in flight, each of which waits for its answer. */
    BLOCKING("blocking"),
    /** The same on virtual threads. */
    VIRTUAL("virtual"),
    /** Few threads, which do not wait: for each answer that comes they send the next request. */
    ASYNC("async");

    private final String label;

    Callers(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether this runtime has such callers. */
    boolean areSupported() {
        return this != VIRTUAL || VirtualThreads.areSupported();
    }
}
