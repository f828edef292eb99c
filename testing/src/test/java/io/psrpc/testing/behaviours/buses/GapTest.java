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
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Rows("B18")
class GapTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void everySubscriberLearnsOfEachLossOnce(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcPublisher publisher = Depot.publisher(network.process())) {
            MessageBus bus = network.process();
            SubscriptionOptions options = SubscriptionOptions.DEFAULT;
            try (RpcClient client = Depot.client(bus);
                    Heard<StringValue> alerts = setting.flavour().subscribe(client, Depot.ALERTS);
                    Heard<StringValue> moreAlerts = setting.flavour().subscribe(client, Depot.ALERTS);
                    Heard<StringValue> news = setting.flavour().subscribe(client, Depot.NEWS);
                    Heard<StringValue> hints = setting.flavour().subscribe(client, Depot.HINTS);
                    Subscription<StringValue> own = bus.subscribe(BusChannel.named("own"), Depot.TEXT, options)) {
                List<Heard<StringValue>> all = List.of(alerts, moreAlerts, news, hints, new Heard.Pulled<>(own));
                assertThat(all).extracting(Heard::gaps).containsOnly(0L);
                network.faults().disconnect();
                Threads.failure(() -> setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("lost")));
                assertThat(all).extracting(Heard::gaps).containsOnly(0L);
                network.faults().reconnect();
                assertThat(all).extracting(Heard::gaps).containsOnly(1L);
                network.faults().disconnect();
                network.faults().reconnect();

                assertThat(all).extracting(Heard::gaps).containsOnly(2L);
                assertThat(bus.stats().reconnects()).isEqualTo(2);
                setting.flavour().publish(publisher, Depot.ALERTS, Depot.text("back"));
                setting.flavour().publish(publisher, Depot.NEWS, Depot.text("back"));
                assertThat(alerts.now()).containsExactly(Depot.text("back"));
                assertThat(moreAlerts.now()).containsExactly(Depot.text("back"));
                assertThat(news.now()).containsExactly(Depot.text("back"));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.Setting#all")
    void whoSubscribesAfterALossLearnsOfTheNext(Setting setting) {
        try (Network network = Network.inline(setting.broker());
                RpcClient client = Depot.client(network.process());
                Heard<StringValue> before = setting.flavour().subscribe(client, Depot.ALERTS)) {
            network.faults().disconnect();
            network.faults().reconnect();
            try (Heard<StringValue> after = setting.flavour().subscribe(client, Depot.ALERTS)) {
                assertThat(after.gaps()).isZero();
                network.faults().disconnect();
                network.faults().reconnect();

                assertThat(after.gaps()).isOne();
                assertThat(before.gaps()).isEqualTo(2);
            }
        }
    }
}
