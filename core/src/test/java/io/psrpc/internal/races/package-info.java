/**
 * Two things that happen at the same time to one call, one claim, one server of the whole engine. The races play the broker: they hand
 * in frames and read what comes out.
 */
@NullMarked
package io.psrpc.internal.races;

import org.jspecify.annotations.NullMarked;
