package com.example.statistics;

import com.example.nodes.Load;
import com.example.nodes.NodesClient;
import com.example.nodes.RackTopic;
import io.psrpc.CallOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import java.time.Duration;
import java.util.Locale;

/** Four nodes on buses of their own, as in four processes, and what is asked of all of them at a time. */
public final class ClusterStatistics {
    private static final RackTopic OLD = new RackTopic("eu", "r1");
    private static final RackTopic NEW = new RackTopic("eu", "r2");
    private static final RackTopic SLOW = new RackTopic("us", "r7");
    private static final RackTopic EMPTY = new RackTopic("us", "r8");

    private ClusterStatistics() {}

    /** Asks, prints the answers, ends. */
    public static void main(String[] args) {
        LocalBroker broker = LocalBroker.create();
        try (MessageBus first = process(broker, Node.healthy("n1", OLD, 120, 0.2));
                MessageBus second = process(broker, Node.healthy("n2", OLD, 80, 0.8));
                MessageBus third = process(broker, Node.broken("n3", NEW));
                MessageBus bus = MessageBus.over(broker.transport(), BusOptions.DEFAULT);
                NodesClient client = NodesClient.create(bus)) {
            Statistics statistics = new Statistics(client);
            askAll(statistics);
            askARack(statistics);
            askWithoutWaiting(statistics);
            end(statistics, broker);
        }
        System.out.println();
        System.out.println("Nobody had a list of the nodes.");
    }

    private static MessageBus process(LocalBroker broker, Node node) {
        MessageBus bus = MessageBus.over(broker.transport(), BusOptions.DEFAULT);
        node.start(bus);
        return bus;
    }

    private static void askAll(Statistics statistics) {
        title("All nodes, one of which fails");
        Statistics.Summary summary = statistics.summary();
        print(String.format(Locale.ROOT, "mean load of %d nodes: %.1f%%", summary.measured(), 100 * summary.mean()));
        summary.problems().forEach((node, problem) -> print("without " + node + ": " + problem));
        print(summary.isComplete() ? "these are all" : "perhaps not all");
    }

    private static void askARack(Statistics statistics) {
        title("The nodes in a rack");
        print("calls in " + OLD + ": " + statistics.calls(OLD));
        print("calls in " + NEW + ": " + statistics.calls(NEW));
    }

    private static void askWithoutWaiting(Statistics statistics) {
        title("Each answer as it comes");
        int answers = statistics.count(ClusterStatistics::print).join();
        print(answers + " answers");
    }

    private static void end(Statistics statistics, LocalBroker broker) {
        title("Why a call ended");
        Duration moment = Duration.ofMillis(200);
        print("all of two nodes: " + statistics.end(OLD, CallOptions.DEFAULT));
        print("one of two is enough: " + statistics.end(OLD, CallOptions.DEFAULT.withExpectedResponses(1)));
        print("an empty rack: " + statistics.end(EMPTY, CallOptions.DEFAULT));
        try (MessageBus fourth = process(broker, Node.hanging("n4", SLOW))) {
            print("a node that hangs: " + statistics.end(SLOW, CallOptions.timeout(moment)));
        }
        print("waiting for nodes that nobody has counted: "
                + statistics.end(OLD, CallOptions.timeout(moment).withEarlyEnd(false)));
    }

    private static void print(Response<Load> answer) {
        print(answer.serverId() + ": "
                + answer.value().map(load -> load.getCalls() + " calls").orElse("")
                + answer.error().map(PsrpcException::rawCode).orElse(""));
    }

    private static void title(String text) {
        System.out.println();
        System.out.println(text);
    }

    private static void print(String text) {
        System.out.println("  " + text);
    }
}
