package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;

/** Everything that can be closed, closed by a thread each at the same moment, while calls and updates are under way. */
@Timeout(60)
@Rows("N02")
class CloseAtOnceTest {
    private static final int ROUNDS = 40;
    private static final int CALLS = 5;

    @OnEveryBus(flavours = Flavour.ASYNC)
    void everybodyGetsThrough(Scene scene) {
        closeAgainAndAgain(scene);
    }

    @OnEveryBus(
            flavours = Flavour.ASYNC,
            networks = {Network.REDIS_LIKE, Network.NATS_LIKE})
    void everybodyGetsThroughWhileConnectionsHaveReaders(Scene scene) {
        closeAgainAndAgain(scene.withReaders());
    }

    private static void closeAgainAndAgain(Scene scene) {
        for (int round = 0; round < ROUNDS; round++) {
            close(new Household(scene, BusOptions.builder(), (household, here) -> {}));
        }
    }

    /** Each twice: who comes second waits for the same end, or finds it done. */
    private static void close(Household household) {
        List<Runnable> closes = List.of(
                household.handlers::close,
                household::closeSubscriptions,
                household.client::close,
                () -> household.server.drain(Household.LONG),
                household.server::close,
                household.server::shutdownNow,
                household.bus::close);
        List<CompletableFuture<?>> underWay = new ArrayList<>(List.of(household.publish()));
        for (int i = 0; i < CALLS; i++) {
            underWay.add(household.call(""));
        }
        CountDownLatch start = new CountDownLatch(1);
        List<Runnable> twice = new ArrayList<>(closes);
        twice.addAll(closes);
        List<CompletableFuture<Void>> closing = twice.stream()
                .map(close -> Flavour.aside(() -> {
                    awaitQuietly(start);
                    close.run();
                }))
                .toList();

        start.countDown();

        closing.forEach(Outcome::of);
        underWay.forEach(CloseAtOnceTest::awaitEnd);
        assertThat(household.bus.state().status()).isEqualTo(Status.CLOSED);
    }

    private static void awaitQuietly(CountDownLatch start) {
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In whichever way. */
    private static void awaitEnd(CompletableFuture<?> call) {
        Outcome.of(call.handle((answer, failure) -> "ended"));
    }
}
