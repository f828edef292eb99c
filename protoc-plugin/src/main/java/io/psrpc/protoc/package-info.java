/**
 * The protoc plugin {@code protoc-gen-psrpc-java}: writes a typed client, server, handler and publisher for each service.
 *
 * <p>Run by protoc, through {@link io.psrpc.protoc.Main}. A run goes one way: {@code Generator} reads the request,
 * {@code ServiceReader} turns descriptors into {@code Service} and {@code Method}, the checks refuse what Java or the
 * wire could not tell apart, and one writer per generated type makes the source. Start at {@code Generator}.
 */
@NullMarked
package io.psrpc.protoc;

import org.jspecify.annotations.NullMarked;
