package io.psrpc.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    private final ManualTime time = new ManualTime();

    @Test
    void seesASubscription() {
        LeakCheck leaks = new LeakCheck(Duration.ZERO);
        try (MessageBus bus = bus()) {
            Subscription<StringValue> updates = bus.subscribe(
                    BusChannel.named("news"), StringValue.getDefaultInstance(), SubscriptionOptions.DEFAULT);
            assertThatThrownBy(() -> leaks.checkBus(bus, time)).hasMessageContaining("subscriptions=1");

            updates.close();
            assertThatCode(() -> leaks.checkBus(bus, time)).doesNotThrowAnyException();
        }
    }

    @Test
    void seesATimer() {
        LeakCheck leaks = new LeakCheck(Duration.ZERO);
        try (MessageBus bus = bus()) {
            time.schedule(Duration.ofSeconds(1), () -> {});

            assertThatThrownBy(() -> leaks.checkBus(bus, time)).hasMessageContaining("timers=1");
        }
    }

    @Test
    void seesAThreadThatWasNotThereBefore() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        LeakCheck before = new LeakCheck(Duration.ofMillis(1));
        Thread stray = new Thread(() -> awaitQuietly(end), "psrpc-stray");
        stray.start();
        LeakCheck after = new LeakCheck(Duration.ofMillis(1));

        assertThatThrownBy(before::checkThreads).hasMessageContaining("psrpc-stray");
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

    private static void awaitQuietly(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
