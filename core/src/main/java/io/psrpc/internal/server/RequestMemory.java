package io.psrpc.internal.server;

import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Shared;

/**
 * Which requests have run, until they expire: a second delivery does not run again. Keeps a 64-bit hash of client id and request id
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

    /** One table with linear probing. An id that has expired makes room where it stands, and goes when the table is laid anew. */
    private static final class Stripe {
        private static final int SMALLEST = 64;

        private final int maxIds;
        private long[] hashes = new long[SMALLEST];
        private long[] expiries = new long[SMALLEST];
        private int used;

        Stripe(int maxIds) {
            this.maxIds = maxIds;
        }

        synchronized Outcome keep(long hash, long nowNanos, long expiryNanos) {
            int mask = hashes.length - 1;
            int free = -1;
            int at = (int) hash & mask;
            while (hashes[at] != 0) {
                boolean expired = expiries[at] - nowNanos <= 0;
                if (hashes[at] == hash && !expired) {
                    return Outcome.SEEN_BEFORE;
                }
                if (expired && free < 0) {
                    free = at;
                }
                at = (at + 1) & mask;
            }
            if (free < 0) {
                if (used >= maxIds || 2 * (used + 1) > hashes.length) {
                    return relay(nowNanos) ? keep(hash, nowNanos, expiryNanos) : Outcome.NOT_KEPT;
                }
                free = at;
                used++;
            }
            hashes[free] = hash;
            expiries[free] = expiryNanos;
            return Outcome.NEW;
        }

        /** Lays the table anew, without what has expired. False: there is no room for one more. */
        private boolean relay(long nowNanos) {
            int live = 0;
            for (int i = 0; i < hashes.length; i++) {
                if (hashes[i] != 0 && expiries[i] - nowNanos > 0) {
                    live++;
                }
            }
            if (live >= maxIds) {
                return false;
            }
            int size = Math.max(SMALLEST, Integer.highestOneBit(4 * live + 1) * 2);
            long[] oldHashes = hashes;
            long[] oldExpiries = expiries;
            hashes = new long[size];
            expiries = new long[size];
            used = live;
            for (int i = 0; i < oldHashes.length; i++) {
                if (oldHashes[i] != 0 && oldExpiries[i] - nowNanos > 0) {
                    put(oldHashes[i], oldExpiries[i]);
                }
            }
            return true;
        }

        private void put(long hash, long expiryNanos) {
            int mask = hashes.length - 1;
            int at = (int) hash & mask;
            while (hashes[at] != 0) {
                at = (at + 1) & mask;
            }
            hashes[at] = hash;
            expiries[at] = expiryNanos;
        }
    }
}
