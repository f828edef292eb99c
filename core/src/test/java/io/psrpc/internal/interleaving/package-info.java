/**
 * What the interleaving tests of the engine's state machines share: a bus on which nothing happens by itself. Start at {@link
 * io.psrpc.internal.interleaving.Race}.
 */
@NullMarked
package io.psrpc.internal.interleaving;

import org.jspecify.annotations.NullMarked;
