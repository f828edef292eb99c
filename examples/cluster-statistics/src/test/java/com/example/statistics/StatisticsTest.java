package com.example.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.nodes.Load;
import com.example.nodes.LoadRequest;
import com.example.nodes.NodesClient;
import com.example.nodes.NodesServer;
import com.example.nodes.RackTopic;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.PsrpcExtension;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatisticsTest {
    private static final RackTopic RACK = new RackTopic("eu", "r1");

    @RegisterExtension
    final PsrpcExtension psrpc = PsrpcExtension.create().withManualTime();

    @Test
    void theMeanIsThatOfTheNodesThatKnow() {
        try (NodesServer idle = Node.healthy("idle", RACK, 1, 0.0).start(psrpc.bus());
                NodesServer busy = Node.healthy("busy", RACK, 1, 1.0).start(psrpc.bus());
                NodesServer broken = Node.broken("broken", RACK).start(psrpc.bus());
                NodesClient client = NodesClient.create(psrpc.bus())) {
            Statistics.Summary summary = new Statistics(client).summary();

            assertEquals(0.5, summary.mean());
            assertEquals(Map.of("broken", "meter: broken (expected: whole)"), summary.problems());
            assertTrue(summary.isComplete());
        }
    }

    @Test
    void aNodeThatHangsCostsTheTimeoutAndNoMore() {
        try (NodesServer hanging = Node.hanging("hanging", RACK).start(psrpc.bus());
                NodesClient client = NodesClient.create(psrpc.bus())) {
            CompletableFuture<Responses.End> end = CompletableFuture.supplyAsync(
                    () -> new Statistics(client).end(RACK, CallOptions.timeout(Duration.ofSeconds(1))));
            // The call's timeout, and the handler's.
            psrpc.time().awaitTimers(2);
            psrpc.time().advance(Duration.ofSeconds(1));

            assertEquals(Responses.End.DEADLINE, end.join());
            // It does not go on: the handler was told that nobody waits, and answered.
            psrpc.faults().await(Kind.RESPONSE, 1);
        }
    }

    /** What is made of the answers, without nodes, and without a bus. */
    @Test
    void aFakeClientHasTheOneMethodThatIsCalled() {
        NodesClient fake = new NodesClient() {
            @Override
            public Responses<Load> getRackLoad(RackTopic topic, LoadRequest request, CallOptions options) {
                return Responses.of(
                        new Response.Success<>(
                                "a", Load.newBuilder().setCalls(3).build()),
                        new Response.Failure<>("b", ErrorCode.INTERNAL.error("broken")),
                        new Response.Success<>(
                                "c", Load.newBuilder().setCalls(4).build()));
            }
        };

        assertEquals(7, new Statistics(fake).calls(RACK));
    }
}
