package io.psrpc.internal.bus;

/**
 * What a bus holds at this moment; all zero when nothing is under way and nothing is left behind.
 *
 * @param calls of clients, that have not ended
 * @param claims bids of servers, neither granted nor lost nor expired
 * @param handlers requests that servers have accepted and not finished
 * @param subscriptions at the broker
 * @param timers pending
 */
public record Inventory(int calls, int claims, int handlers, int subscriptions, int timers) {
    /** Nothing. */
    public static final Inventory EMPTY = new Inventory(0, 0, 0, 0, 0);

    Inventory plus(Inventory other) {
        return new Inventory(
                calls + other.calls,
                claims + other.claims,
                handlers + other.handlers,
                subscriptions + other.subscriptions,
                timers + other.timers);
    }
}
