package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.ErrorCode;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.internal.execution.EngineThread;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that can be closed, closed by users' code wherever that runs. No time passes meanwhile that could help. */
@Timeout(60)
@Rows("N02")
class CloseFromInsideTest {
    private static final String EVERYTHING = "{0}: {2}, from inside {1}";

    static Stream<Arguments> onEveryBus() {
        return Stream.of(Flavour.values()).flatMap(flavour -> on(EnumSet.allOf(Network.class), flavour));
    }

    static Stream<Arguments> onEveryBusAsync() {
        return on(EnumSet.allOf(Network.class), Flavour.ASYNC);
    }

    static Stream<Arguments> onBrokersAsync() {
        return on(EnumSet.complementOf(EnumSet.of(Network.LOCAL)), Flavour.ASYNC);
    }

    private static Stream<Arguments> on(Set<Network> networks, Flavour flavour) {
        return networks.stream()
                .flatMap(network -> Stream.of(Inside.values())
                        .flatMap(place -> Stream.of(Closed.values())
                                .map(closed -> Arguments.of(new Scene(network, flavour), place, closed))));
    }

    @ParameterizedTest(name = EVERYTHING)
    @MethodSource("onEveryBus")
    void itIsClosed(Scene scene, Inside place, Closed closed) {
        new Visit(place, closed).pay(scene, BusOptions.builder());
    }

    @ParameterizedTest(name = EVERYTHING)
    @MethodSource("onBrokersAsync")
    void itIsClosedWhileConnectionsHaveReaders(Scene scene, Inside place, Closed closed) {
        new Visit(place, closed).pay(scene.withReaders(), BusOptions.builder());
    }

    @ParameterizedTest(name = EVERYTHING)
    @MethodSource("onEveryBusAsync")
    void itIsClosedWhereTheReaderRunsEverything(Scene scene, Inside place, Closed closed) {
        new Visit(place, closed).pay(scene, BusOptions.builder().executor(Runnable::run));
    }

    /** Comes to one place, and closes one thing there. */
    private static final class Visit {
        private final Inside place;
        private final Closed closed;
        private final AtomicBoolean hasCome = new AtomicBoolean();
        private final CompletableFuture<Void> closing = new CompletableFuture<>();
        private volatile boolean mustNotBlock;
        private volatile boolean isInterrupted;

        Visit(Inside place, Closed closed) {
            this.place = place;
            this.closed = closed;
        }

        private void come(Household household, Inside here) {
            if (here != place || !hasCome.compareAndSet(false, true)) {
                return;
            }
            mustNotBlock = EngineThread.isCurrent();
            Throwable failure = null;
            try {
                closed.close(household);
            } catch (RuntimeException | AssertionError e) {
                failure = e;
            }
            isInterrupted = Thread.currentThread().isInterrupted();
            if (failure == null) {
                closing.complete(null);
            } else {
                closing.completeExceptionally(failure);
            }
        }

        void pay(Scene scene, BusOptions.Builder options) {
            Household household = new Household(scene, options, this::come);
            CompletableFuture<?> reached = place.reach(household);
            scene.await("called there", () -> {
                // The one place to which time leads.
                if (place == Inside.SELECTOR && !hasCome.get()) {
                    scene.time().advance(Household.MOMENT);
                }
                return hasCome.get();
            });

            if (place == Inside.SELECTOR && closed.waitsForBidders()) {
                // It has bid for the selector's call, and hears of its choice, or else of its deadline.
                scene.time().advance(Household.LONG);
            }
            assertReturned();
            assertAnswered(reached);
            scene.await("ended", () -> {
                scene.time().advance(Household.LONG);
                return reached.isDone();
            });
            if (!isRefused()) {
                closed.assertClosed(household);
            }
        }

        /** A drain is a wait by its name; what else closes does not wait there. */
        private boolean isRefused() {
            return mustNotBlock && closed == Closed.DRAINED_SERVER;
        }

        private void assertReturned() {
            Outcome.of(closing.handle((done, failure) -> "returned"));
            if (isRefused()) {
                assertThat(failureOf(closing).code()).isEqualTo(ErrorCode.FAILED_PRECONDITION);
            } else {
                Outcome.of(closing);
            }
            assertThat(isInterrupted && closed != Closed.STOPPED_SERVER)
                    .as("interrupted")
                    .isFalse();
        }

        /** Who closes the server in a handler is neither waited for nor cut off. */
        private void assertAnswered(CompletableFuture<?> reached) {
            if (place.isWithinTheHandler() && closed != Closed.CLIENT && closed != Closed.BUS) {
                assertThat(Outcome.of(reached)).isEqualTo(Store.text("served"));
            }
        }
    }
}
