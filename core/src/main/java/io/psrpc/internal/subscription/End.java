package io.psrpc.internal.subscription;

import io.psrpc.PsrpcException;
import org.jspecify.annotations.Nullable;

/**
 * What is taken from a buffer after all updates.
 *
 * @param failure null: closed
 */
record End(@Nullable PsrpcException failure) {
    static final End CLOSED = new End(null);
}
