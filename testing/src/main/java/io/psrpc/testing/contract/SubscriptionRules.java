package io.psrpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a plain subscription gets, from its confirmation to its end. */
abstract class SubscriptionRules extends PublishRules {
    private static final int ROUNDS = 100;
    private static final int BACKLOG = 2_000;
    /** How often a slow listener gives way for each frame: so that it is slower than its publisher where it has a thread of its own. */
    private static final int SLOWNESS = 20;

    SubscriptionRules() {}

    /** Whoever publishes, and however soon. */
    @Test
    void whatIsPublishedAfterTheConfirmationArrives() {
        Party hearing = stage().party();
        Party sender = stage().party();
        for (int i = 0; i < ROUNDS; i++) {
            String address = sender.address("a" + i);
            Ear ear = hearing.hear(address);
            sender.publish(address, "first").awaitPublished();
            hearing.publish(address, "own").awaitPublished();

            assertEquals(List.of("first", "own"), ear.await(2).stream().sorted().toList(), "round " + i);
        }
    }

    @Test
    void whatIsPublishedInsideTheConfirmationArrives() {
        Party hearing = stage().party();
        Party sender = stage().party();
        for (int i = 0; i < ROUNDS; i++) {
            String address = sender.address("a" + i);
            Ear ear = hearing.newEar(address);
            hearing.subscribe(address, Delivery.EVERY_SUBSCRIBER, ear)
                    .thenAccept(subscription -> sender.publish(address, "first"));

            ear.await(1);
        }
    }

    @Test
    void aSubscriptionGetsNothingThatWasPublishedBefore() {
        Party sender = stage().party();
        String address = sender.address("a");
        Ear fence = stage().party().hear(address);
        sender.publish(address, "before").awaitPublished();
        fence.await(1);

        Ear ear = stage().party().hear(address);
        sender.publish(address, "after").awaitPublished();

        assertEquals(List.of("after"), ear.await(1));
    }

    /** The broker had them before the end was asked for: they are the subscription's, however slow its listener. */
    @Test
    void whatWasOnItsWayArrivesBeforeTheEndIsConfirmed() {
        Party sender = stage().party();
        Party hearing = stage().party();
        String address = sender.address("a");
        Ear fence = stage().party().hear(address);
        Ear slow = hearing.hear(address, Delivery.EVERY_SUBSCRIBER, (text, turn) -> {
            for (int i = 0; i < SLOWNESS; i++) {
                Thread.yield();
            }
            return false;
        });
        for (int from = 0; from < BACKLOG; from += 100) {
            IntStream.range(from, from + 100)
                    .mapToObj(i -> sender.publish(address, "frame " + i))
                    .toList()
                    .forEach(Posted::awaitPublished);
        }
        fence.await(BACKLOG);

        slow.end();

        Expected.inOrder(
                IntStream.range(0, BACKLOG).mapToObj(i -> "frame " + i).toList(), slow.heard(), "heard when it ended");
    }

    @Test
    void nothingArrivesAfterTheEndIsConfirmed() {
        Party sender = stage().party();
        Party hearing = stage().party();
        String address = sender.address("a");
        for (int i = 0; i < ROUNDS; i++) {
            Ear ending = hearing.hear(address);
            sender.publish(address, "before " + i).awaitPublished();
            ending.await("before " + i);
            ending.end();
            Ear fence = hearing.hear(address);
            for (int j = 0; j < 3; j++) {
                sender.publish(address, "after " + i + ' ' + j).awaitPublished();
            }

            fence.await(3);
            assertEquals(List.of("before " + i), ending.heard(), "heard by a subscription that has ended");
            fence.end();
        }
    }

    @Test
    void frameByFrameComesWhileSubscriptionsComeAndGo() {
        Party sender = stage().party();
        Party hearing = stage().party();
        String address = sender.address("a");
        Ear staying = hearing.hear(address);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Ear passing = stage().party().hear(address);
            sender.publish(address, "frame " + i).awaitPublished();
            expected.add("frame " + i);
            passing.await(1);
            passing.end();
        }

        Expected.inOrder(expected, staying.await(ROUNDS), "heard by who stays");
    }

    @Test
    void subscriptionsOfBothDeliveriesLiveOnOneAddress() {
        Party sender = stage().party();
        Party hearing = stage().party();
        String address = sender.address("a");
        Ear plain = hearing.hear(address);
        Member member = hearing.join(address);
        sender.publish(address, "both").awaitPublished();
        assertEquals(List.of("both"), plain.await(1));
        awaitTaken(List.of("both"), member);

        plain.end();
        sender.publish(address, "member").awaitPublished();
        awaitTaken(List.of("both", "member"), member);
        assertEquals(List.of("both"), plain.heard(), "heard by the plain one, which has ended");

        Ear again = hearing.hear(address);
        member.end();
        sender.publish(address, "plain").awaitPublished();
        assertEquals(List.of("plain"), again.await(1));
        assertEquals(List.of("both", "member"), member.taken(), "taken by the member, which has left");
    }

    final void awaitTaken(List<String> expected, Member member) {
        stage().witness()
                .await(
                        () -> member.taken().size() >= expected.size(),
                        () -> "taken: " + member.taken() + " (expected: " + expected + ")");
        assertEquals(expected, member.taken(), "taken");
    }

    @Test
    void anAddressCanBeSubscribedToAgain() {
        Party sender = stage().party();
        Party hearing = stage().party();
        String address = sender.address("a");
        for (int i = 0; i < ROUNDS; i++) {
            Ear ear = hearing.hear(address);
            sender.publish(address, "round " + i).awaitPublished();

            assertEquals(List.of("round " + i), ear.await(1));
            ear.end();
        }
    }

    @Test
    void anEndThatIsAskedForTwiceIsOneEnd() {
        Party sender = stage().party();
        Party hearing = stage().party();
        String address = sender.address("a");
        Ear ear = hearing.hear(address);
        ear.end();
        Ear next = hearing.hear(address);

        ear.end();
        sender.publish(address, "next").awaitPublished();

        assertEquals(List.of("next"), next.await(1));
    }

    /** A transport's own reader calls the listener, so what waits for the reader in there waits for ever. */
    @Test
    void everythingMayBeCalledFromInsideAListener() {
        Party party = stage().party();
        Party sender = stage().party();
        String address = party.address("a");
        String inner = party.address("inner");
        CompletableFuture<Ear> subscribed = new CompletableFuture<>();
        AtomicReference<Ear> self = new AtomicReference<>();
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Ear outer = party.hear(address, Delivery.EVERY_SUBSCRIBER, (text, turn) -> {
            party.publish(party.address("nobody"), "x");
            Ear ear = party.newEar(inner);
            party.subscribe(inner, Delivery.EVERY_SUBSCRIBER, ear).whenComplete((subscription, failure) -> {
                if (failure != null) {
                    subscribed.completeExceptionally(failure);
                } else {
                    ear.of(subscription);
                    subscribed.complete(ear);
                }
            });
            Ear own = self.get();
            if (own != null) {
                own.unsubscribe().thenRun(() -> ended.complete(null));
            }
            return false;
        });
        self.set(outer);
        sender.publish(address, "begin").awaitPublished();

        Ear ear = stage().witness().await(subscribed, "subscribing from inside a listener");
        stage().witness().await(ended, "unsubscribing from inside the listener itself");
        sender.publish(inner, "inner").awaitPublished();
        assertEquals(List.of("inner"), ear.await(1));
    }

    @Test
    void aListenerThatPublishesIsNotCalledInsideItself() {
        Party party = stage().party();
        String address = party.address("a");
        int depth = 100;
        Ear ear = party.hear(address, Delivery.EVERY_SUBSCRIBER, (text, turn) -> {
            int left = Integer.parseInt(text);
            if (left > 0) {
                party.publish(address, Integer.toString(left - 1));
            }
            return false;
        });
        party.publish(address, Integer.toString(depth)).awaitPublished();

        List<String> expected = IntStream.rangeClosed(0, depth)
                .mapToObj(i -> Integer.toString(depth - i))
                .toList();
        Expected.inOrder(expected, ear.await(depth + 1), "heard");
    }

    @Test
    void severalThreadsSubscribeAndPublishAtOnce() {
        Party party = stage().party();
        var threads = List.of("a", "b", "c", "d").stream()
                .map(name -> stage().run(() -> {
                    for (int i = 0; i < ROUNDS; i++) {
                        String address = party.address(name + i % 3);
                        Ear ear = party.hear(address);
                        party.publish(address, name + i).awaitPublished();
                        ear.await(1);
                        ear.end();
                    }
                    return name;
                }))
                .toList();

        threads.forEach(thread -> stage().witness().await(thread, "a thread that subscribes and publishes"));
    }

    /** A listener that throws breaks its own promise, not the reader. */
    @Test
    void aListenerThatThrowsSilencesNobody() {
        Party party = stage().party();
        String address = party.address("a");
        Ear throwing = party.hear(address, Delivery.EVERY_SUBSCRIBER, SubscriptionRules::fail);
        Ear other = party.hear(party.address("b"));
        party.publish(address, "one").awaitPublished();
        party.publish(address, "two").awaitPublished();
        party.publish(party.address("b"), "other").awaitPublished();

        assertEquals(List.of("one", "two"), throwing.await(2));
        assertEquals(List.of("other"), other.await(1));
    }

    private static boolean fail(String text, Turn turn) {
        throw new IllegalStateException("a listener that fails on purpose at " + text);
    }
}
