package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Rows("N10")
class SecondSubscriberTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void aSecondSubscriberReplacesNobody(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            try (RpcClient one = Depot.client(bus);
                    RpcClient two = Depot.client(bus);
                    Heard<StringValue> first = setting.flavour().subscribe(one, Depot.ALERTS)) {
                Heard<StringValue> second = setting.flavour().subscribe(two, Depot.ALERTS);
                setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("both"));
                second.close();
                setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("first"));
                try (Heard<StringValue> third = setting.flavour().subscribe(two, Depot.ALERTS)) {
                    setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("first and third"));

                    assertThat(first.now())
                            .extracting(StringValue::getValue)
                            .containsExactly("both", "first", "first and third");
                    assertThat(third.now()).containsExactly(Depot.text("first and third"));
                }
            }
        }
    }

    /** The broker's subscription of the channel may be on its way out when the next one comes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void subscribersThatComeAndGoAtOnceLoseNothing(Setting setting) {
        try (Network network = Network.threaded(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            CompletableFuture<Void> others = Threads.run(() -> {
                try (RpcClient client = Depot.client(bus)) {
                    comeAndGo(setting, client, publisher, "other");
                }
                return null;
            });
            try (RpcClient client = Depot.client(bus)) {
                comeAndGo(setting, client, publisher, "own");
            }
            Threads.join(others);
        }
    }

    private static void comeAndGo(Setting setting, RpcClient client, RpcPublisher publisher, String name) {
        for (int i = 0; i < 100; i++) {
            String text = name + " " + i;
            try (Heard<StringValue> alerts = setting.flavour().subscribe(client, Depot.ALERTS)) {
                setting.flavour().publish(publisher, Depot.ALERTS, Depot.text(text));
                while (!alerts.next().getValue().equals(text)) {
                    // Another's.
                }
            }
        }
    }

    /** Somebody may watch a whole subject, where channels share one. */
    @ParameterizedTest(name = "{0}")
    @EnumSource(BrokerKind.class)
    void aSubscriberToTheBrokersAddressReplacesNobody(BrokerKind broker) {
        try (Network network = Network.inline(broker);
                RpcClient caller = Depot.client(network.process());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            String plain = network.peer().address(Depot.requests(Depot.ALERTS));
            String queue = network.peer().address(Depot.requests(Depot.WORK));
            try (RpcClient client = Depot.client(bus);
                    RpcServer server = Depot.server(bus, Depot.WORK, (ctx, request) -> request);
                    Heard<StringValue> alerts = Flavour.BLOCKING.subscribe(client, Depot.ALERTS);
                    Subscription<StringValue> watching =
                            bus.subscribe(BusChannel.named(plain), Depot.TEXT, SubscriptionOptions.DEFAULT);
                    Subscription<StringValue> watchingCalls =
                            bus.subscribe(BusChannel.named(queue), Depot.TEXT, SubscriptionOptions.DEFAULT)) {
                publisher.publish(Depot.ALERTS, io.psrpc.Topic.NONE, Depot.text("alert"));

                assertThat(alerts.now()).containsExactly(Depot.text("alert"));
                assertThat(new Heard.Pulled<>(watching).now()).containsExactly(Depot.text("alert"));
                assertThat(Flavour.BLOCKING.call(caller, Depot.WORK, Depot.text("work")))
                        .isEqualTo(Depot.text("work"));
                assertThat(watchingCalls.next(java.time.Duration.ZERO)).isEmpty();
                assertThat(watchingCalls.dropped()).isOne();
                assertThat(server.serverId()).isNotEmpty();
            }
        }
    }
}
