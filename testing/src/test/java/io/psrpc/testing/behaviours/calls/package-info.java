/**
 * How calls behave, on every bus and in every flavour. {@link io.psrpc.testing.behaviours.calls.Scene} is what each test works with,
 * start there; {@link io.psrpc.testing.behaviours.calls.OnEveryBus} runs a test on all of them, {@link
 * io.psrpc.testing.behaviours.calls.Trial} is the service under test, and a {@link io.psrpc.testing.behaviours.calls.Peer} speaks the wire
 * by hand.
 */
@NullMarked
package io.psrpc.testing.behaviours.calls;

import org.jspecify.annotations.NullMarked;
