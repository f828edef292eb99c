package io.psrpc.internal.client;

import io.psrpc.bus.PublishListener;
import java.util.HashSet;
import java.util.Set;

/**
 * Which servers have spoken up in one call, and whether that is everyone. The broker counts connections, and the servers of one
 * process share one; so each says how many servers of its process got the request (s), and everyone has spoken when the sum of 1/s
 * reaches the count. Not thread-safe: its call's lock guards it.
 */
final class Participants {
    private static final double ROUNDING = 1e-6;

    private final int max;
    /** A set of its own from the first on: most calls never have one. */
    private Set<String> servers = Set.of();

    private double connections;
    private long receivers = PublishListener.UNKNOWN;

    Participants(int max) {
        this.max = max;
    }

    /** False: it has spoken before, or there are too many. */
    boolean add(String serverId, int processServers) {
        if (servers.isEmpty()) {
            servers = new HashSet<>(4);
        }
        if (servers.size() >= max || !servers.add(serverId)) {
            return false;
        }
        connections += 1.0 / processServers;
        return true;
    }

    boolean isFull() {
        return servers.size() >= max;
    }

    int size() {
        return servers.size();
    }

    void counted(long receivers) {
        this.receivers = receivers;
    }

    long receivers() {
        return receivers;
    }

    /** Everyone whom the broker counted has spoken; false where it did not count. */
    boolean isEveryone() {
        return receivers != PublishListener.UNKNOWN && connections >= receivers - ROUNDING;
    }

    boolean containsAll(Set<String> expected) {
        return servers.containsAll(expected);
    }

    Set<String> servers() {
        return servers;
    }

    void reset() {
        servers = Set.of();
        connections = 0;
        receivers = PublishListener.UNKNOWN;
    }
}
