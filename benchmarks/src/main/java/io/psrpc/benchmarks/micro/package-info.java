/** Parts of a call, each alone, under JMH. Run by {@code scripts/bench-micro}; every class here can be read by itself. */
@NullMarked
package io.psrpc.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
