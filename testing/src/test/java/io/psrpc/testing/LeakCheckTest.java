package io.psrpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ServerOptions;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    private static final StringValue TEXT = StringValue.of("text");

    private final ManualTime time = new ManualTime();

    @Test
    void seesASubscription() {
        LeakCheck leaks = new LeakCheck(Duration.ZERO);
        try (MessageBus bus = bus()) {
            Subscription<StringValue> updates = bus.subscribe(
                    BusChannel.named("news"), StringValue.getDefaultInstance(), SubscriptionOptions.DEFAULT);
            assertThatThrownBy(() -> leaks.checkBus(bus, time))
                    .hasMessageStartingWith("left behind on the bus: {subscriptions=1} (expected: nothing")
                    .hasMessageEndingWith("\n  subscription to news");

            updates.close();
            assertThatCode(() -> leaks.checkBus(bus, time)).doesNotThrowAnyException();
        }
    }

    @Test
    void seesATimer() {
        LeakCheck leaks = new LeakCheck(Duration.ZERO);
        try (MessageBus bus = bus()) {
            time.schedule(Duration.ofSeconds(1), () -> {});

            assertThatThrownBy(() -> leaks.checkBus(bus, time))
                    .hasMessageContaining("{timers=1}")
                    .hasMessageEndingWith(
                            "\n  timer due in PT1S, of " + getClass().getName());
        }
    }

    @Test
    void seesWhatServersAndClientsHaveUnderWay() throws InterruptedException {
        CountDownLatch isInside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        LeakCheck leaks = new LeakCheck(Duration.ZERO);
        MethodDefinition<StringValue, StringValue> work = MethodDefinition.unary("Depot", "Work", TEXT, TEXT)
                .singleServer()
                .build();
        ServiceDefinition depot = new ServiceDefinition("Depot", List.of(work));
        try (MessageBus bus = bus();
                RpcServer server = RpcServer.create(
                        bus, depot, ServerOptions.builder().serverId("SRV_1").build());
                RpcClient client = RpcClient.create(
                        bus, depot, ClientOptions.builder().clientId("CLI_1").build())) {
            server.register(Binding.unary(work, Topic.NONE, (ctx, request) -> {
                awaitQuietly(isInside, end);
                return request;
            }));
            CompletableFuture<StringValue> call = client.requestAsync(work, Topic.NONE, TEXT, CallOptions.DEFAULT);
            isInside.await();

            Throwable left = catchThrowable(() -> leaks.checkBus(bus, time));
            end.countDown();
            call.join();

            assertThat(left)
                    .hasMessageContaining("{calls=1, handlers=1, subscriptions=3, timers=1}")
                    .hasMessageContaining("\n  client CLI_1 of Depot\n")
                    .hasMessageContaining("\n  call of Depot.Work, request REQ_")
                    .hasMessageContaining("\n  server SRV_1 of Depot\n")
                    .hasMessageContaining("\n  handler of Depot.Work, request REQ_")
                    .hasMessageContaining(", at io.psrpc.testing.LeakCheckTest.awaitQuietly(LeakCheckTest.java:")
                    .hasMessageContaining("\n  subscription to Depot|CLI_1|CLAIM\n")
                    .hasMessageContaining("\n  subscription to Depot|Work|REQ (one of a group)\n")
                    .hasMessageContaining("\n  timer due in PT3S, of io.psrpc.internal.client.PendingCall");
        }
    }

    @Test
    void seesAThreadThatWasNotThereBefore() throws InterruptedException {
        CountDownLatch isInside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        LeakCheck before = new LeakCheck(Duration.ofMillis(1));
        Thread stray = new Thread(() -> awaitQuietly(isInside, end), "psrpc-stray");
        stray.start();
        isInside.await();
        LeakCheck after = new LeakCheck(Duration.ofMillis(1));

        assertThatThrownBy(before::checkThreads)
                .hasMessageStartingWith(
                        "left behind: thread psrpc-stray, at io.psrpc.testing.LeakCheckTest.awaitQuietly(");
        assertThatCode(after::checkThreads).doesNotThrowAnyException();
        end.countDown();
        stray.join();

        assertThatCode(before::checkThreads).doesNotThrowAnyException();
    }

    private MessageBus bus() {
        return MessageBus.over(
                LocalBroker.create().transport(),
                BusOptions.builder().time(time).build());
    }

    private static void awaitQuietly(CountDownLatch isInside, CountDownLatch end) {
        try {
            isInside.countDown();
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
