/**
 * The in-process broker. {@link io.psrpc.internal.local.LocalExchange} is the broker and makes connections; a {@code LocalAddress} queues
 * and delivers the frames of one address. Used by {@code io.psrpc.bus}; start with the exchange.
 */
@NullMarked
package io.psrpc.internal.local;

import org.jspecify.annotations.NullMarked;
