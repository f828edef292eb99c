package io.psrpc.benchmarks;

/** One line of the table. */
record Cell(String contender, Executors executors, Callers callers, int inFlight) {}
