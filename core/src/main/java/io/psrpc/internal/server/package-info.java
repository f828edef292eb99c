/**
 * The server's half of the engine. {@link io.psrpc.internal.server.EngineServer} is the door; a {@link
 * io.psrpc.internal.server.ServedMethod} takes what comes in for one method and topic, and each request is one small state object ({@link
 * io.psrpc.internal.server.IncomingRequest}) from its arrival to its answer.
 */
@NullMarked
package io.psrpc.internal.server;

import org.jspecify.annotations.NullMarked;
