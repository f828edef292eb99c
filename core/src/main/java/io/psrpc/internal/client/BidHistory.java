package io.psrpc.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Shared;
import io.psrpc.internal.routing.Address;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who bid last time for a method and topic, so that a selection need not wait for its timers where the broker does not count. Bounded
 * in size and age; forgetting costs the next selection its timers, nothing else.
 */
final class BidHistory {
    /** One per bus. */
    static final Shared<BidHistory> OF_BUS = Shared.madeBy(BidHistory::of);

    private static final int MAX_ENTRIES = 4096;
    private static final long MAX_AGE_NANOS = 60_000_000_000L;

    private record Learnt(Set<String> bidders, long receivers, long learntAt) {}

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<Address, Learnt> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Address, Learnt> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    BidHistory(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private static BidHistory of(EngineBus bus) {
        return new BidHistory(bus.time()::nanoTime);
    }

    /**
     * True: everyone who bid last time has bid, and as many got the request as then.
     *
     * @param isCounting false: the broker's counts mean nothing now, so a difference does not either
     */
    boolean isEveryone(Address requests, Participants now, boolean isCounting) {
        lock.lock();
        try {
            Learnt entry = fresh(requests);
            return entry != null
                    && (entry.receivers == now.receivers() || !isCounting)
                    && now.containsAll(entry.bidders);
        } finally {
            lock.unlock();
        }
    }

    /** A selection that waited for everyone has ended with these bidders. */
    void learn(Address requests, Participants bidders) {
        lock.lock();
        try {
            if (bidders.size() == 0) {
                entries.remove(requests);
            } else {
                Set<String> servers = Set.copyOf(bidders.servers());
                entries.put(requests, new Learnt(servers, bidders.receivers(), nanoTime.getAsLong()));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * A selection has ended since everyone had bid who is known here. What is known gets no younger by that: a server that is always
     * slower than these would never be heard.
     */
    void confirm(Address requests, Participants bidders) {
        bidders.servers().forEach(serverId -> joined(requests, serverId));
    }

    /** A bid has come after its selection had ended: wait for that server next time. */
    void joined(Address requests, String serverId) {
        lock.lock();
        try {
            Learnt entry = fresh(requests);
            if (entry != null && !entry.bidders.contains(serverId) && entry.bidders.size() < UnaryCall.MAX_BIDS) {
                Set<String> more = new HashSet<>(entry.bidders);
                more.add(serverId);
                entries.put(requests, new Learnt(Set.copyOf(more), entry.receivers, entry.learntAt));
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private @Nullable Learnt fresh(Address requests) {
        Learnt entry = entries.get(requests);
        if (entry == null || nanoTime.getAsLong() - entry.learntAt < MAX_AGE_NANOS) {
            return entry;
        }
        entries.remove(requests);
        return null;
    }
}
