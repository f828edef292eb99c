package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.Registration;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Users' code blocks, on the buses' own workers, wherever it may. */
@Timeout(60)
@Rows("C39")
class BlockedCodeTest {
    /** Fewer than the smallest pool has threads. */
    private static final int BLOCKED = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static Stream<Arguments> everywhere() {
        return Stream.of(Place.values())
                .flatMap(place -> Stream.of(Network.values()).map(network -> Arguments.of(place, new Scene(network))));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void everythingElseGoesOn(Place place, Scene scene) {
        Workplace at = new Workplace(scene, BusOptions::builder);
        Gate gate = new Gate();
        try {
            List<CompletableFuture<?>> blocked = begin(place, at, gate);
            gate.await(BLOCKED);

            assertCallsGoOn(at.beside());
            assertUpdatesGoOn(at.beside());
            assertUsersCodeGoesOn(at.beside());
            assertThat(blocked).noneMatch(CompletableFuture::isDone);

            gate.open();
            blocked.forEach(Outcome::of);
        } finally {
            gate.open();
        }
    }

    private static List<CompletableFuture<?>> begin(Place place, Workplace at, Gate gate) {
        return IntStream.range(0, BLOCKED)
                .<CompletableFuture<?>>mapToObj(i -> place.begin(at, gate::pass))
                .toList();
    }

    private static void assertCallsGoOn(Workplace at) {
        assertThat(Outcome.of(Flavour.asideFor(at::callBlocking))).isEqualTo("locked");
        assertThat(Outcome.of(Flavour.asideFor(at::callAllBlocking))).isEqualTo("counted");
        Topic topic = at.serve(Store.AISLE_LOCK);
        assertThat(Outcome.answerOf(at.ask(topic, Workplace.OPTIONS))).isEqualTo("?");
    }

    private static void assertUpdatesGoOn(Workplace at) {
        Topic topic = at.nextTopic();
        CompletableFuture<StringValue> heard = new CompletableFuture<>();
        Registration registration = Outcome.of(
                at.client().subscribeAsync(Store.AISLE_NEWS, topic, SubscriptionOptions.DEFAULT, heard::complete));
        try (Subscription<StringValue> read =
                at.client().subscribe(Store.AISLE_NEWS, topic, SubscriptionOptions.DEFAULT)) {
            Outcome.of(at.publish(topic, "news"));

            assertThat(Outcome.answerOf(heard)).isEqualTo("news");
            // By the bus's time, which stands still.
            CompletableFuture<Optional<StringValue>> next = Flavour.asideFor(() -> read.next(PATIENCE));
            assertThat(Outcome.of(next)).contains(Store.text("news"));
        }
        registration.close();
    }

    /** Wherever it is, the place of those that block included. */
    private static void assertUsersCodeGoesOn(Workplace at) {
        for (Place place : Place.values()) {
            CompletableFuture<Void> run = new CompletableFuture<>();
            CompletableFuture<?> ended = place.begin(at, () -> run.complete(null));
            Outcome.of(run);
            Outcome.of(ended);
        }
    }
}
