/**
 * The wire, byte for byte: what channels are called ({@link io.psrpc.internal.wire.ChannelNames}), how frames are
 * written ({@link io.psrpc.internal.wire.EnvelopeWriter}) and how they are read
 * ({@link io.psrpc.internal.wire.Envelope}; start there). The bus and the engine use it; nothing here knows a broker,
 * a call or the time. Frames are judged exactly as protobuf's generated classes judge them, within the bounds of
 * {@link io.psrpc.internal.wire.WireLimits}.
 */
@NullMarked
package io.psrpc.internal.wire;

import org.jspecify.annotations.NullMarked;
