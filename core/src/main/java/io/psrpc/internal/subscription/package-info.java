/**
 * What stands between the bus's reader, which must never wait, and the consumer of one subscription, which may take its time. The engine
 * opens a {@link io.psrpc.internal.subscription.BufferedSubscription} for a consumer that reads, or a {@link
 * io.psrpc.internal.subscription.ListenedSubscription} for a listener, and feeds it through its {@link
 * io.psrpc.internal.subscription.UpdateSink}. Start with the {@code UpdateBuffer}, the one state machine of a subscription; the {@code
 * Pump} brings what is in it to listeners and subscribers.
 */
@NullMarked
package io.psrpc.internal.subscription;

import org.jspecify.annotations.NullMarked;
