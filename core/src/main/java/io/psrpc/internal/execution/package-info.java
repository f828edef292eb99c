/**
 * Which threads run what. {@link io.psrpc.internal.execution.Workers} runs users' code, {@link io.psrpc.internal.execution.SerialQueue}
 * keeps some of it in order, and {@link io.psrpc.internal.execution.EngineThread} marks the threads that must never run it. Used by the
 * whole engine; start with the workers.
 */
@NullMarked
package io.psrpc.internal.execution;

import org.jspecify.annotations.NullMarked;
