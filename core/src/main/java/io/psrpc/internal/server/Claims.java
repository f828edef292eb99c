package io.psrpc.internal.server;

import io.psrpc.internal.wire.GrantMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bids of one server for one method and topic that wait for an answer, by request id. */
final class Claims {
    private final Map<String, Claim> open = new ConcurrentHashMap<>();

    /** False: there is one for that request. */
    boolean enter(Claim claim) {
        return open.putIfAbsent(claim.requestId(), claim) == null;
    }

    void leave(Claim claim) {
        open.remove(claim.requestId(), claim);
    }

    /** A client has chosen; whom it has not chosen forgets the request. */
    void answered(GrantMessage grant, String serverId) {
        Claim claim = open.get(grant.requestId());
        if (claim != null) {
            claim.answered(grant.serverId().equals(serverId));
        }
    }

    /** That request runs without a claim. */
    void overtaken(String requestId) {
        Claim claim = open.get(requestId);
        if (claim != null) {
            claim.dropAsDuplicate();
        }
    }

    int size() {
        return open.size();
    }

    void abandon() {
        open.values().forEach(Claim::abandon);
    }
}
