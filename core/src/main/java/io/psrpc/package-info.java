/**
 * What programs that call or serve methods type: options, errors, topics, answers, subscriptions, interceptors and observers. Generated
 * clients and servers take and return these; start with {@link io.psrpc.CallOptions} at the caller, with {@link
 * io.psrpc.RequestContext} in a handler, and with {@link io.psrpc.PsrpcException} for what fails.
 */
@NullMarked
package io.psrpc;

import org.jspecify.annotations.NullMarked;
