package com.example.quickstart;

import com.example.api.MyRequest;
import com.example.api.MyResponse;
import com.example.api.MyServiceClient;
import com.example.api.MyServiceServer;
import com.example.api.MyUpdate;
import io.psrpc.CallOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Registration;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Subscription;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;
import java.time.Duration;

/** Every kind of method, on the bus in this process. On a broker only the first line of {@code main} differs. */
public final class Quickstart {
    private static final MyRequest ADA = MyRequest.newBuilder().setName("Ada").build();

    private Quickstart() {}

    /** Serves, calls, prints, ends. */
    public static void main(String[] args) {
        try (MessageBus bus = LocalMessageBus.create();
                MyServiceServer alice = MyServiceServer.start(bus, new Handler("alice", 0.2f));
                MyServiceServer bob = MyServiceServer.start(bus, new Handler("bob", 0.9f));
                MyServiceClient client = MyServiceClient.create(bus)) {
            callOneServer(client);
            callTheFittest(client);
            callEveryServer(client);
            callARegion(alice, bob, client);
            shareUpdates(alice, client);
            broadcastUpdates(bob, client);
            fail(client);
            System.out.println();
            System.out.println("Swap LocalMessageBus for a broker's bus, and these are processes of a cluster.");
        }
    }

    private static void callOneServer(MyServiceClient client) {
        title("NormalRPC: one server answers, in turn");
        for (int i = 0; i < 3; i++) {
            print(client.normalRPC(ADA).getText());
        }
        MyResponse later = client.async().normalRPC(ADA).join();
        print(later.getText() + " (async)");
    }

    private static void callTheFittest(MyServiceClient client) {
        title("IntensiveRPC: the server with the highest affinity");
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            String text = client.intensiveRPC(ADA).getText();
            print(text + ", chosen and done in " + micros(start) + " µs");
        }
    }

    private static void callEveryServer(MyServiceClient client) {
        title("GetStats: every server answers");
        try (Responses<MyResponse> all = client.getStats(ADA)) {
            for (Response<MyResponse> response : all) {
                MyResponse stats = response.orThrow();
                print(stats.getText() + " has answered " + stats.getRequests() + " requests");
            }
            print("ended: " + all.end());
        }
    }

    private static void callARegion(MyServiceServer alice, MyServiceServer bob, MyServiceClient client) {
        title("GetRegionStats: every server of one topic");
        Registration eu = alice.registerGetRegionStatsTopic("eu");
        Registration us = bob.registerGetRegionStatsTopic("us");
        try (Responses<MyResponse> all = client.getRegionStats("eu", ADA)) {
            all.stream().map(Response::orThrow).map(MyResponse::getText).forEach(Quickstart::print);
        }
        eu.close();
        us.close();
    }

    private static void shareUpdates(MyServiceServer server, MyServiceClient client) {
        title("ProcessUpdate: one subscriber gets each update");
        try (Subscription<MyUpdate> first = client.subscribeProcessUpdate();
                Subscription<MyUpdate> second = client.subscribeProcessUpdate()) {
            for (int i = 1; i <= 4; i++) {
                server.publishProcessUpdate(
                        MyUpdate.newBuilder().setId("job " + i).build());
            }
            print("first got " + twoOf(first) + ", second got " + twoOf(second));
        }
    }

    private static void broadcastUpdates(MyServiceServer server, MyServiceClient client) {
        title("UpdateRegionState: every subscriber of the topic gets each update");
        try (Subscription<MyUpdate> first = client.subscribeUpdateRegionState("eu");
                Subscription<MyUpdate> second = client.subscribeUpdateRegionState("eu")) {
            server.publishUpdateRegionState(
                    "eu", MyUpdate.newBuilder().setId("state 1").build());
            server.publishUpdateRegionState(
                    "eu", MyUpdate.newBuilder().setId("state 2").build());
            print("first got " + twoOf(first) + ", second got " + twoOf(second));
        }
    }

    private static void fail(MyServiceClient client) {
        title("Errors: a code, a message, and who says so");
        try {
            client.normalRPC(MyRequest.getDefaultInstance());
        } catch (PsrpcException e) {
            print(e.code() + " from " + e.serverId().orElse("here") + ": " + e.getMessage());
        }
        long start = System.nanoTime();
        try (Responses<MyResponse> nobody =
                client.getRegionStats("mars", ADA, CallOptions.timeout(Duration.ofSeconds(5)))) {
            print("mars: " + nobody.toList().size() + " answers, " + nobody.end() + " after " + micros(start)
                    + " µs, not 5 s");
        }
    }

    private static String twoOf(Subscription<MyUpdate> updates) {
        return updates.next().orElseThrow().getId() + " and "
                + updates.next().orElseThrow().getId();
    }

    private static long micros(long startNanos) {
        return (System.nanoTime() - startNanos) / 1000;
    }

    private static void title(String text) {
        System.out.println();
        System.out.println(text);
    }

    private static void print(String text) {
        System.out.println("  " + text);
    }
}
