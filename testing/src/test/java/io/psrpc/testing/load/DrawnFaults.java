package io.psrpc.testing.load;

import io.psrpc.testing.Faults.Fate;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.Faults.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The fates of the frames, by the request that they belong to. For one thread. */
final class DrawnFaults implements Consumer<Fate> {
    private final Map<String, List<Fate>> fates = new HashMap<>();
    private String lastRequestId = "";

    @Override
    public void accept(Fate fate) {
        if (fate.kind() == Kind.REQUEST) {
            lastRequestId = fate.requestId();
        }
        fates.computeIfAbsent(fate.requestId(), id -> new ArrayList<>()).add(fate);
    }

    String lastRequestId() {
        return lastRequestId;
    }

    List<Fate> of(String requestId) {
        return fates.getOrDefault(requestId, List.of());
    }

    void forget(String requestId) {
        fates.remove(requestId);
    }

    /** Whether each frame of a kind got through, in the order in which they were sent. */
    static List<Boolean> arrivals(List<Fate> fates, Kind kind) {
        return fates.stream()
                .filter(fate -> fate.kind() == kind)
                .map(fate -> fate.outcome() != Outcome.DROPPED)
                .toList();
    }
}
