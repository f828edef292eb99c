package io.psrpc.testing.load;

import com.google.protobuf.Int64Value;
import io.psrpc.stub.Binding.UnaryHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which servers' handlers have run a request. For one thread. */
final class HandlerRuns {
    private final Map<String, List<Integer>> runs = new HashMap<>();

    UnaryHandler<Int64Value, Int64Value> handler(int server) {
        return (ctx, request) -> {
            runs.computeIfAbsent(ctx.requestId(), id -> new ArrayList<>()).add(server);
            return request;
        };
    }

    List<Integer> of(String requestId) {
        return runs.getOrDefault(requestId, List.of()).stream().sorted().toList();
    }

    void forget(String requestId) {
        runs.remove(requestId);
    }
}
