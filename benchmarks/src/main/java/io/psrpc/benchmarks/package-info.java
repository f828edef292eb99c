/**
 * Calls within one process, ours beside grpc-java's. Run by {@code scripts/bench-inprocess}; start with {@link
 * io.psrpc.benchmarks.InProcess}.
 */
@NullMarked
package io.psrpc.benchmarks;

import org.jspecify.annotations.NullMarked;
