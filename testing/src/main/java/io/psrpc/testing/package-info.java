/**
 * For tests of services, and of what uses them: a bus per test that shows what was left behind
 * ({@link io.psrpc.testing.PsrpcExtension}, start there), time that a test advances ({@link io.psrpc.testing.ManualTime}), faults at the
 * bus ({@link io.psrpc.testing.Faults}), and contexts to call handlers with ({@link io.psrpc.testing.TestContext}).
 */
@NullMarked
package io.psrpc.testing;

import org.jspecify.annotations.NullMarked;
