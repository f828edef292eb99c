/**
 * Explores the interleavings of the races: {@link io.psrpc.interleavings.Explorer} runs them on threads of which a scheduler lets one
 * at a time take one step, where a step is a lock, a monitor, an atomic, a park, or an access to a field. Needs a runtime that has been
 * instrumented for this; {@code scripts/interleavings} makes one.
 */
@NullMarked
package io.psrpc.interleavings;

import org.jspecify.annotations.NullMarked;
