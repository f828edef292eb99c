package io.psrpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.psrpc.bus.BusState.Status;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.TransportSubscription;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Lost connections, where the author can take them away. */
abstract class OutageRules extends ClosingRules {
    OutageRules() {}

    @TestFactory
    Stream<DynamicTest> lostConnections() {
        return outage().isEmpty()
                ? Stream.empty()
                : Stream.of(
                        lost("theHostIsToldOfTheLossAndOfTheReturn", this::theHostIsTold),
                        lost("subscriptionsAreBackAndTheirListenersLearnOfTheGapOnce", this::subscriptionsAreBack),
                        lost("aSubscriptionThatEndsMeanwhileStaysAway", this::endedStaysAway),
                        lost("whoeverSubscribesMeanwhileHearsInTheEnd", this::subscribedMeanwhile),
                        lost("aPublishMeanwhileHasOneOutcome", this::publishedMeanwhile),
                        lost("aFrameWhoseTimeIsOverNeverGoesOut", this::expiredMeanwhile),
                        lost("aConnectionMayBeClosedMeanwhile", this::closedMeanwhile));
    }

    private DynamicTest lost(String name, BiConsumer<Stage, Outage> test) {
        return dynamicTest(name, () -> {
            Stage own = newStage();
            Outage outage = outage().orElseThrow();
            try {
                test.accept(own, outage);
            } finally {
                outage.end();
                end(own);
            }
        });
    }

    private static void awaitState(Stage stage, Party party, Status status) {
        List<Status> states = party.host().states();
        stage.witness()
                .await(
                        () -> !states.isEmpty() && states.get(states.size() - 1) == status,
                        () -> "states told to the host: " + states + " (expected: " + status + " last)");
    }

    private static void lose(Stage stage, Outage outage, Party... parties) {
        outage.begin();
        for (Party party : parties) {
            awaitState(stage, party, Status.DISCONNECTED);
        }
    }

    private static void giveBack(Stage stage, Outage outage, Party... parties) {
        outage.end();
        for (Party party : parties) {
            awaitState(stage, party, Status.CONNECTED);
        }
    }

    private void theHostIsTold(Stage stage, Outage outage) {
        Party party = stage.party();
        for (int i = 0; i < 2; i++) {
            lose(stage, outage, party);
            giveBack(stage, outage, party);
        }
        List<Status> changes = party.host().states().stream()
                .filter(state -> state != Status.CONNECTING)
                .toList();
        assertEquals(
                List.of(Status.DISCONNECTED, Status.CONNECTED, Status.DISCONNECTED, Status.CONNECTED),
                changes.subList(changes.indexOf(Status.DISCONNECTED), changes.size()),
                "states told to the host, from the first loss on");
    }

    private void subscriptionsAreBack(Stage stage, Outage outage) {
        Party sender = stage.party();
        Party hearing = stage.party();
        String address = sender.address("a");
        Ear plain = hearing.hear(address);
        Member member = hearing.join(address);
        Ear other = hearing.hear(sender.address("b"));
        for (int losses = 1; losses <= 2; losses++) {
            lose(stage, outage, sender, hearing);
            giveBack(stage, outage, sender, hearing);
            for (Ear ear : List.of(plain, member.ear(), other)) {
                ear.awaitGaps(losses);
            }
            sender.publish(address, "after " + losses).awaitPublished();
            plain.await("after " + losses);
            member.ear().await("after " + losses);
        }
        Ear late = hearing.hear(address);
        sender.publish(address, "end").awaitPublished();
        late.await("end");
        plain.await("end");

        for (Ear ear : List.of(plain, member.ear(), other)) {
            assertEquals(2, ear.gaps(), "gaps after two losses");
        }
        assertEquals(0, late.gaps(), "gaps of one who came after the losses");
        assertEquals(List.of("after 1", "after 2", "end"), plain.heard(), "heard after the losses");
    }

    private void endedStaysAway(Stage stage, Outage outage) {
        Party sender = stage.party();
        Party hearing = stage.party();
        String address = sender.address("a");
        Ear ending = hearing.hear(address);
        Ear staying = hearing.hear(sender.address("b"));
        lose(stage, outage, sender, hearing);

        ending.end();
        giveBack(stage, outage, sender, hearing);
        staying.awaitGaps(1);
        Ear fence = hearing.hear(address);
        sender.publish(address, "after").awaitPublished();

        fence.await(1);
        assertEquals(List.of(), ending.heard(), "heard by a subscription that has ended meanwhile");
    }

    /** Either the stage fails, or it is done when the broker has confirmed after all. */
    private void subscribedMeanwhile(Stage stage, Outage outage) {
        Party sender = stage.party();
        Party hearing = stage.party();
        String address = sender.address("a");
        lose(stage, outage, sender, hearing);
        Ear ear = hearing.newEar(address);
        CompletionStage<TransportSubscription> subscribed = hearing.subscribe(address, Delivery.EVERY_SUBSCRIBER, ear);
        giveBack(stage, outage, sender, hearing);
        boolean isDone = stage.witness()
                .await(subscribed.handle((subscription, failure) -> failure == null), "subscribing during an outage");
        Ear hears = isDone ? ear : hearing.hear(address);
        sender.publish(address, "after").awaitPublished();

        hears.await("after");
    }

    private void publishedMeanwhile(Stage stage, Outage outage) {
        Party sender = stage.party();
        Party hearing = stage.party();
        String address = sender.address("a");
        Ear ear = hearing.hear(address);
        Posted before = sender.publish(address, "before");
        outage.begin();
        List<Posted> meanwhile = Stream.of("one", "two", "three")
                .map(text -> sender.publish(address, text))
                .toList();
        awaitState(stage, sender, Status.DISCONNECTED);
        awaitState(stage, hearing, Status.DISCONNECTED);
        Posted unconnected = sender.publish(address, "four");
        giveBack(stage, outage, sender, hearing);

        before.await();
        meanwhile.forEach(Posted::await);
        unconnected.await();
        ear.awaitGaps(1);
        sender.publish(address, "after").awaitPublished();
        ear.await("after");
        List<String> heard = ear.heard();
        assertEquals(heard.stream().distinct().toList(), heard, "heard: something twice");
    }

    /** Wherever it waits for the connection to return: in a queue of the transport's, or of the broker's client. */
    private void expiredMeanwhile(Stage stage, Outage outage) {
        Party sender = stage.party();
        Party hearing = stage.party();
        String address = sender.address("a");
        Ear ear = hearing.hear(address);
        lose(stage, outage, sender, hearing);
        long notAfter = sender.nanoTime() + 1_000_000;
        Posted late = sender.publish(address, "late", notAfter, false);
        while (sender.nanoTime() - notAfter <= 0) {
            Thread.onSpinWait();
        }
        giveBack(stage, outage, sender, hearing);
        ear.awaitGaps(1);
        for (int i = 0; i < 3; i++) {
            sender.publish(address, "after " + i).awaitPublished();
        }

        ear.await("after 2");
        assertTrue(!ear.heard().contains("late"), "heard: a frame whose time was over before the connection was back");
        late.awaitFailed();
    }

    private void closedMeanwhile(Stage stage, Outage outage) {
        Party closing = stage.party();
        Party staying = stage.party();
        String address = closing.address("a");
        Ear ear = closing.hear(address);
        lose(stage, outage, closing, staying);
        closing.transport().close();
        ear.over();
        giveBack(stage, outage, staying);
        Ear fence = staying.hear(address);
        staying.publish(address, "after").awaitPublished();

        fence.await(1);
    }
}
