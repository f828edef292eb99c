package io.psrpc.internal.subscription;

import io.psrpc.bus.Timekeeper;
import io.psrpc.internal.routing.DropCounter;
import java.util.concurrent.Executor;

/**
 * What a bus lends to all of its subscriptions.
 *
 * @param time ends timed waits, and tells episodes of drops apart
 * @param callbacks calls listeners and subscribers; must take every task and never throw
 * @param drops counts what no consumer gets
 * @param maxInflatedBytes what a compressed update may inflate to
 */
public record SubscriptionHost(Timekeeper time, Executor callbacks, DropCounter drops, int maxInflatedBytes) {}
