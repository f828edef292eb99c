/**
 * What may happen at the same time to each of the engine's state machines, and what must hold afterwards. A {@link
 * io.psrpc.interleavings.races.Machine} lists its events; a {@link io.psrpc.interleavings.races.Race} is one object and what its threads
 * do to it. They say nothing about who runs the threads: the tests let real ones go together, the explorer chooses every step. Start at
 * {@link io.psrpc.interleavings.races.Races}, which lists them all.
 */
@NullMarked
package io.psrpc.interleavings.races;

import org.jspecify.annotations.NullMarked;
