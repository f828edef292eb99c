/**
 * The bus itself, the same over every transport: {@link io.psrpc.internal.bus.EngineBus} puts time, executors, routes and the outbox
 * together. Clients and servers are its {@link io.psrpc.internal.bus.Member members}.
 */
@NullMarked
package io.psrpc.internal.bus;

import org.jspecify.annotations.NullMarked;
