/**
 * The bus: what clients and servers are started on ({@link io.psrpc.bus.MessageBus}), the in-process one
 * ({@link io.psrpc.bus.LocalMessageBus}), and what someone writes to carry frames over another broker
 * ({@link io.psrpc.bus.BusTransport}; start there).
 */
@NullMarked
package io.psrpc.bus;

import org.jspecify.annotations.NullMarked;
