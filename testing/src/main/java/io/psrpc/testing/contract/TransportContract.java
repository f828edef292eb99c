package io.psrpc.testing.contract;

/**
 * What every transport promises, as tests. The author of one extends it, says how to connect, and has a transport when all tests pass:
 *
 * <pre>{@code
 * class MyTransportTest extends TransportContract {
 *     @Override
 *     protected BusTransport connect() {
 *         return new MyTransport(broker.address());
 *     }
 * }
 * }</pre>
 *
 * <p>The tests run on the real broker in real time: they sleep nowhere, and wait for what must happen at most for {@link #patience}.
 * Each makes up addresses of its own, so one broker may serve them all. Override {@link #outage} to have lost connections tested as
 * well, and {@link #leftOpen} to have it tested that closing gives back what was opened.
 */
public abstract class TransportContract extends BusRules {
    /** For the subclass. */
    protected TransportContract() {}
}
