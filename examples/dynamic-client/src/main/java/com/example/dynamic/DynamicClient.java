package com.example.dynamic;

import com.google.protobuf.DoubleValue;
import com.google.protobuf.Empty;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import java.io.InputStream;
import java.util.Objects;

/** Everything that generated code does, without it. */
public final class DynamicClient {
    private static final Topic ATTIC = Topic.of("attic");

    private DynamicClient() {}

    /** Serves, calls, prints, ends. */
    public static void main(String[] args) throws Exception {
        try (MessageBus bus = LocalMessageBus.create();
                RpcServer attic = new Thermometer("t1", "attic", 31.5, 0.3f).start(bus);
                RpcServer cellar = new Thermometer("t2", "cellar", 12, 0.7f).start(bus);
                RpcClient client = RpcClient.create(bus, Sensors.SERVICE, ClientOptions.DEFAULT)) {
            call(client);
            callEveryone(client);
            warn(bus, client);
            shareAChannel(bus);
            callByName(bus);
        }
        System.out.println();
        System.out.println("Peers with generated code cannot tell the difference.");
    }

    private static void call(RpcClient client) {
        title("A call by a method's definition");
        StringValue kelvin = StringValue.of("kelvin");
        print("attic: "
                + client.request(Sensors.READ, ATTIC, kelvin, CallOptions.DEFAULT)
                        .getValue());
        print(client.requestAsync(Sensors.CALIBRATE, Topic.NONE, Empty.getDefaultInstance(), CallOptions.DEFAULT)
                .join()
                .getValue());
        try {
            client.request(Sensors.READ, ATTIC, StringValue.of("parsec"), CallOptions.DEFAULT);
        } catch (PsrpcException e) {
            print(e.code() + " from " + e.serverId().orElse("here") + ": " + e.getMessage());
        }
    }

    private static void callEveryone(RpcClient client) {
        title("A call of every server");
        try (Responses<StringValue> all =
                client.requestAll(Sensors.LIST, Topic.NONE, Empty.getDefaultInstance(), CallOptions.DEFAULT)) {
            all.stream()
                    .map(Response::orThrow)
                    .map(StringValue::getValue)
                    .sorted()
                    .forEach(DynamicClient::print);
        }
    }

    private static void warn(MessageBus bus, RpcClient client) {
        title("Updates of a topic");
        try (RpcPublisher publisher = RpcPublisher.create(bus, Sensors.SERVICE);
                Subscription<DoubleValue> alarms =
                        client.subscribe(Sensors.ALARMS, ATTIC, SubscriptionOptions.DEFAULT)) {
            publisher.publish(Sensors.ALARMS, ATTIC, DoubleValue.of(31.5));
            print("too hot in the attic: " + alarms.next().orElseThrow().getValue());
        }
    }

    private static void shareAChannel(MessageBus bus) {
        title("A channel of one's own, without a service");
        BusChannel notices = BusChannel.named("notices");
        StringValue text = StringValue.getDefaultInstance();
        try (Subscription<StringValue> everyone = bus.subscribe(notices, text, SubscriptionOptions.DEFAULT);
                Subscription<StringValue> first = bus.subscribeQueue(notices, text, SubscriptionOptions.DEFAULT);
                Subscription<StringValue> second = bus.subscribeQueue(notices, text, SubscriptionOptions.DEFAULT)) {
            bus.publish(notices, StringValue.of("one")).join();
            bus.publish(notices, StringValue.of("two")).join();
            print("a subscriber of its own gets " + next(everyone) + " and " + next(everyone));
            print("two that share get " + next(first) + " and " + next(second));
        }
    }

    private static void callByName(MessageBus bus) throws Exception {
        title("A call by name, as a descriptor of the .proto has it");
        try (InputStream descriptors = DynamicClient.class.getResourceAsStream("/sensors.desc");
                Console console = Console.open(bus, Objects.requireNonNull(descriptors), "Sensors")) {
            print("Read {value: \"celsius\"} in the cellar: "
                    + console.call("Read", Topic.of("cellar"), "value: \"celsius\""));
            print("Calibrate {}: " + console.call("Calibrate", Topic.NONE, ""));
        }
    }

    private static String next(Subscription<StringValue> notices) {
        return notices.next().orElseThrow().getValue();
    }

    private static void title(String text) {
        System.out.println();
        System.out.println(text);
    }

    private static void print(String text) {
        System.out.println("  " + text);
    }
}
