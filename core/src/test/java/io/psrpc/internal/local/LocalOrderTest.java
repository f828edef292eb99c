package io.psrpc.internal.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jetbrains.lincheck.Lincheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Order, and that every frame finds someone who delivers it. */
final class LocalOrderTest {
    private static final Executor REJECTING = task -> {
        throw new RejectedExecutionException("full");
    };

    private final LocalExchange exchange = new LocalExchange();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final List<String> log = new ArrayList<>();

    @AfterEach
    void shutDown() {
        pool.shutdown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pool", "direct", "rejecting"})
    void framesOfSeveralPublishersComeOneAtATimeAndInTheOrderOfEach(String kind) throws Exception {
        Executor executor = kind.equals("pool") ? pool : kind.equals("direct") ? Runnable::run : REJECTING;
        int publishers = 3;
        int each = 100_000;
        AtomicInteger wrong = new AtomicInteger();
        CountDownLatch arrived = new CountDownLatch(publishers * each);
        int[] next = new int[publishers];
        AtomicInteger inside = new AtomicInteger();
        new Bus(exchange, executor).subscribe("x", text -> {
            int colon = text.indexOf(':');
            int publisher = Integer.parseInt(text.substring(0, colon));
            if (inside.incrementAndGet() != 1
                    || next[publisher]++ != Integer.parseInt(text.substring(colon + 1))
                    || inside.decrementAndGet() != 0) {
                wrong.incrementAndGet();
            }
            arrived.countDown();
        });
        for (int p = 0; p < publishers; p++) {
            Bus bus = new Bus(exchange, executor);
            String prefix = p + ":";
            new Thread(() -> IntStream.range(0, each).forEach(i -> bus.publish("x", prefix + i))).start();
        }
        assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(wrong.get()).isZero();
    }

    @Test
    void hundredThousandNestedPublishesDoNotGrowTheStack() {
        Bus bus = new Bus(exchange, Runnable::run);
        int[] count = new int[1];
        bus.subscribe("x", text -> {
            if (++count[0] < 100_000) {
                bus.publish(count[0] % 3 == 0 ? "y" : "x", text);
            }
        });
        bus.subscribe("y", text -> bus.publish("x", text));
        bus.publish("x", "1");
        assertThat(count[0]).isEqualTo(100_000);
    }

    @Test
    void publishingAgainToNobodyDoesNotGrowTheStack() {
        Bus bus = new Bus(exchange, Runnable::run);
        AgainAndAgain listener = new AgainAndAgain(bus.transport, 100_000);
        listener.publish();
        assertThat(listener.count()).isEqualTo(100_000);
    }

    @Test
    void nestedPublishComesAfterTheDeliveryThatMadeIt() {
        Bus bus = new Bus(exchange, Runnable::run);
        bus.subscribe("x", text -> {
            log.add("x begins " + text);
            bus.publish("y", text);
            log.add("x ends " + text);
        });
        bus.subscribe("y", text -> log.add("y " + text));
        bus.publish("x", "1");
        assertThat(log).containsExactly("x begins 1", "x ends 1", "y 1");
    }

    @Test
    void publisherIsLetGoAfter64Frames() {
        Queue<Runnable> handedOver = new ArrayDeque<>();
        Bus bus = new Bus(exchange, handedOver::add);
        bus.subscribe("x", text -> {
            log.add(text);
            if (text.equals("start")) {
                IntStream.range(0, 100).forEach(i -> bus.publish("x", "" + i));
            }
        });
        bus.publish("x", "start");
        assertThat(log).hasSize(64);
        bus.publish("x", "behind");
        assertThat(log).hasSize(64);
        handedOver.remove().run();
        assertThat(handedOver).isEmpty();
        assertThat(log).hasSize(102).endsWith("98", "99", "behind");
    }

    @Test
    void everyAddressThatIsLeftIsHandedOver() {
        Queue<Runnable> handedOver = new ArrayDeque<>();
        Bus bus = new Bus(exchange, handedOver::add);
        for (int i = 0; i < 100; i++) {
            bus.subscribe("x" + i, log::add);
        }
        bus.subscribe("start", text -> IntStream.range(0, 100).forEach(i -> bus.publish("x" + i, "" + i)));
        bus.publish("start", "go");
        assertThat(log).hasSize(63);
        assertThat(handedOver).hasSize(37);
        handedOver.forEach(Runnable::run);
        assertThat(log).hasSize(100);
    }

    @Test
    void noFrameIsLeftBehindInAnyInterleaving() {
        Lincheck.runConcurrentTest(300, () -> {
            AtomicInteger delivered = new AtomicInteger();
            LocalAddress address = new LocalAddress("x");
            FixedHost host = new FixedHost(Runnable::run);
            Thread other = new Thread(() -> address.post(host, at -> delivered.incrementAndGet()));
            other.start();
            address.post(host, at -> delivered.incrementAndGet());
            try {
                other.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (delivered.get() != 2) {
                throw new AssertionError("delivered: " + delivered + " (expected: 2)");
            }
        });
    }

    @Test
    void subscribingAndLeavingWhileOthersPublishLosesNothingInBetween() throws Exception {
        Bus publisher = new Bus(exchange, pool);
        Thread thread = new Thread(() -> IntStream.range(0, 50_000).forEach(i -> publisher.publish("x", "" + i)));
        thread.start();
        Bus subscriber = new Bus(exchange, pool);
        Bus marker = new Bus(exchange, pool);
        for (int i = 0; i < 2_000; i++) {
            CountDownLatch arrived = new CountDownLatch(1);
            AtomicInteger late = new AtomicInteger();
            String mine = "mine " + i;
            var subscription = subscriber.subscribe("x", text -> {
                late.incrementAndGet();
                if (text.equals(mine)) {
                    arrived.countDown();
                }
            });
            marker.publish("x", mine);
            subscription.unsubscribe().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(arrived.getCount()).isZero();
            int count = late.get();
            marker.publish("x", "after");
            assertThat(late.get()).isEqualTo(count);
        }
        thread.join();
        assertThat(exchange.size()).isZero();
    }
}
