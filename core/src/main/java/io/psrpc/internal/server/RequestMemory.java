package io.psrpc.internal.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Shared;

/**
 * Which requests have run here, or elsewhere as their clients chose, until they expire: a second delivery does not run again. Keeps a 64-bit hash of client id and request id
 * per request, seeded per bus, in open-addressed tables; two different requests are taken for one about once in 10^13.
 */
final class RequestMemory {
    /** One per bus. */
    static final Shared<RequestMemory> OF_BUS = Shared.madeBy(RequestMemory::of);

    private static final int MAX_IDS = 500_000;
    private static final int STRIPES = 16;

    private final long seed;
    private final Stripe[] stripes = new Stripe[STRIPES];

    RequestMemory(long seed, int maxIds) {
        this.seed = seed;
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe(maxIds / STRIPES);
        }
    }

    private static RequestMemory of(EngineBus bus) {
        return new RequestMemory(bus.nextSeed(), MAX_IDS);
    }

    /** What became of an id. */
    enum Outcome {
        NEW,
        SEEN_BEFORE,
        /** There is no room: it may run a second time if it is delivered a second time. */
        NOT_KEPT
    }

    /**
     * Keeps an id.
     *
     * @param within tells apart those who may each run a request of one id: the servers that get a broadcast
     */
    Outcome keep(String clientId, String requestId, int within, long nowNanos, long expiryNanos) {
        long hash = hash(clientId, requestId, within);
        return stripes[(int) (hash >>> 60)].keep(hash, nowNanos, expiryNanos);
    }

    /** Whether an id has been kept and has not expired. */
    boolean has(String clientId, String requestId, int within, long nowNanos) {
        long hash = hash(clientId, requestId, within);
        return stripes[(int) (hash >>> 60)].has(hash, nowNanos);
    }

    private long hash(String clientId, String requestId, int within) {
        long h = seed ^ within * 0x9E3779B97F4A7C15L;
        h = mix(h, requestId);
        h = mix(h, clientId);
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        h ^= h >>> 32;
        return h == 0 ? 1 : h;
    }

    private static long mix(long seed, String text) {
        long h = seed + text.length();
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * 0x100000001B3L;
            h ^= h >>> 29;
        }
        return h;
    }

    /**
     * One table with linear probing. Each id kept pays for a look at a few slots further on, whose ids go if they have expired: no call
     * ever pays for the whole table, except where it grows or shrinks by half.
     */
    private static final class Stripe {
        private static final int SMALLEST = 64;
        /** Slots looked at per id: what has expired and is still there takes at most a sixteenth of the table. */
        private static final int SWEPT = 16;

        private final int maxIds;

        @GuardedBy("this")
        private long[] hashes = new long[SMALLEST];

        @GuardedBy("this")
        private long[] expiries = new long[SMALLEST];

        @GuardedBy("this")
        private int used;

        @GuardedBy("this")
        private int cursor;

        Stripe(int maxIds) {
            this.maxIds = maxIds;
        }

        synchronized Outcome keep(long hash, long nowNanos, long expiryNanos) {
            sweep(nowNanos);
            int at = slotOf(hash, nowNanos);
            if (hashes[at] == hash && expiries[at] - nowNanos > 0) {
                return Outcome.SEEN_BEFORE;
            }
            if (hashes[at] == 0) {
                if (used >= maxIds) {
                    return Outcome.NOT_KEPT;
                }
                if (2 * ++used > hashes.length) {
                    lay(2 * hashes.length);
                    at = slotOf(hash, nowNanos);
                }
            }
            hashes[at] = hash;
            expiries[at] = expiryNanos;
            return Outcome.NEW;
        }

        synchronized boolean has(long hash, long nowNanos) {
            int at = slotOf(hash, nowNanos);
            return hashes[at] == hash && expiries[at] - nowNanos > 0;
        }

        /** Where the id is; else the first on its way that it may have: one that has expired, or the free one behind all. */
        @GuardedBy("this")
        private int slotOf(long hash, long nowNanos) {
            int mask = hashes.length - 1;
            int expired = -1;
            int at = (int) hash & mask;
            while (hashes[at] != 0) {
                if (expiries[at] - nowNanos <= 0) {
                    expired = expired < 0 ? at : expired;
                } else if (hashes[at] == hash) {
                    return at;
                }
                at = (at + 1) & mask;
            }
            return expired < 0 ? at : expired;
        }

        @GuardedBy("this")
        private void sweep(long nowNanos) {
            int mask = hashes.length - 1;
            for (int i = 0; i < SWEPT; i++) {
                if (hashes[cursor] != 0 && expiries[cursor] - nowNanos <= 0) {
                    remove(cursor);
                } else {
                    cursor = (cursor + 1) & mask;
                }
            }
            if (hashes.length > SMALLEST && 8 * used < hashes.length) {
                lay(hashes.length / 2);
            }
        }

        /** Moves back what stands behind the hole and could stand in it, so that every id is still found on its way. */
        @GuardedBy("this")
        private void remove(int at) {
            int mask = hashes.length - 1;
            int hole = at;
            for (int next = (at + 1) & mask; hashes[next] != 0; next = (next + 1) & mask) {
                int home = (int) hashes[next] & mask;
                if (((next - home) & mask) >= ((next - hole) & mask)) {
                    hashes[hole] = hashes[next];
                    expiries[hole] = expiries[next];
                    hole = next;
                }
            }
            hashes[hole] = 0;
            used--;
        }

        /** Lays the table anew, in another size. */
        @GuardedBy("this")
        private void lay(int size) {
            long[] oldHashes = hashes;
            long[] oldExpiries = expiries;
            hashes = new long[size];
            expiries = new long[size];
            cursor = 0;
            int mask = size - 1;
            for (int i = 0; i < oldHashes.length; i++) {
                if (oldHashes[i] != 0) {
                    int at = (int) oldHashes[i] & mask;
                    while (hashes[at] != 0) {
                        at = (at + 1) & mask;
                    }
                    hashes[at] = oldHashes[i];
                    expiries[at] = oldExpiries[i];
                }
            }
        }
    }
}
