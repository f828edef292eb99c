/**
 * The client's half of the engine. {@link io.psrpc.internal.client.EngineClient} is the door; each call is one small state object
 * ({@link io.psrpc.internal.client.UnaryCall}, {@link io.psrpc.internal.client.MultiCall}) that is its own publish listener and timer
 * task, found by its request id when bids and answers come in.
 */
@NullMarked
package io.psrpc.internal.client;

import org.jspecify.annotations.NullMarked;
