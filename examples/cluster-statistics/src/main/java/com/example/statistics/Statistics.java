package com.example.statistics;

import com.example.nodes.Load;
import com.example.nodes.LoadRequest;
import com.example.nodes.NodesClient;
import com.example.nodes.RackTopic;
import io.psrpc.CallOptions;
import io.psrpc.Response;
import io.psrpc.Responses;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What all nodes say, put together. */
final class Statistics {
    private static final LoadRequest EVERYTHING = LoadRequest.getDefaultInstance();

    private final NodesClient nodes;

    Statistics(NodesClient nodes) {
        this.nodes = nodes;
    }

    /** Of the nodes that know, and what is wrong with the others. */
    Summary summary() {
        double sum = 0;
        int measured = 0;
        Map<String, String> problems = new LinkedHashMap<>();
        try (Responses<Load> answers = nodes.getLoad(EVERYTHING)) {
            for (Response<Load> answer : answers) {
                if (answer instanceof Response.Success<Load> success) {
                    sum += success.message().getLoad();
                    measured++;
                } else if (answer instanceof Response.Failure<Load> failure) {
                    problems.put(failure.serverId(), failure.cause().getMessage());
                }
            }
            boolean isComplete = answers.end() == Responses.End.EVERYONE_ANSWERED;
            return new Summary(sum / measured, measured, problems, isComplete);
        }
    }

    /** Of one rack; nodes that fail count as none. */
    long calls(RackTopic rack) {
        try (Responses<Load> answers = nodes.getRackLoad(rack, EVERYTHING)) {
            return answers.stream()
                    .flatMap(answer -> answer.value().stream())
                    .mapToLong(Load::getCalls)
                    .sum();
        }
    }

    /** Without a thread that waits: {@code each} is called with every answer, and the future has their number. */
    CompletableFuture<Integer> count(Consumer<Response<Load>> each) {
        return nodes.async().getLoad(EVERYTHING, CallOptions.DEFAULT, each).thenApply(answers -> answers.size());
    }

    /** Reads to the end, and tells which that was. */
    Responses.End end(RackTopic rack, CallOptions options) {
        try (Responses<Load> answers = nodes.getRackLoad(rack, EVERYTHING, options)) {
            answers.forEach(answer -> {});
            return answers.end();
        }
    }

    /**
     * The load of the cluster.
     *
     * @param mean of the nodes that were measured; not a number if none was
     * @param measured how many nodes were measured
     * @param problems by server id
     * @param isComplete whether all nodes have answered, one way or the other
     */
    record Summary(double mean, int measured, Map<String, String> problems, boolean isComplete) {}
}
