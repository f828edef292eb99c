/**
 * Brokers in memory that behave as the real ones do where it matters to the engine: {@link io.psrpc.testing.transports.RedisLikeBroker}
 * counts receivers and locks queue frames, {@link io.psrpc.testing.transports.NatsLikeBroker} shares subjects and chooses members.
 * For the tests of this module; several connections to one broker stand for several processes. Start with {@link
 * io.psrpc.testing.transports.FakeBroker}.
 */
@NullMarked
package io.psrpc.testing.transports;

import org.jspecify.annotations.NullMarked;
