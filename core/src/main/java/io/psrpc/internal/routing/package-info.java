/**
 * How frames get in and out: {@link io.psrpc.internal.routing.Outbox} sends, {@link io.psrpc.internal.routing.Routes} subscribes and
 * brings each envelope to those who listen to its channel. Used by everything above it in the engine; knows envelopes, not calls.
 */
@NullMarked
package io.psrpc.internal.routing;

import org.jspecify.annotations.NullMarked;
