package io.psrpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psrpc.ErrorCode;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.BusTransport.ReceiverCount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of a frame that is published. */
abstract class PublishRules extends AddressRules {
    /** Large enough for every kind of buffer to be met, small enough for any test's heap. */
    private static final int LARGEST_TRIED = 2 << 20;

    private static final int MANY = 100_000;
    /** Queues are as long as transports like; whoever does not wait for outcomes finds them full. */
    private static final int AT_ONCE = 200;

    PublishRules() {}

    @Test
    void aFrameArrivesAsItWasPublished() {
        Party sender = stage().party();
        Ear ear = stage().party().hear(sender.address("a"));
        String everyByte =
                IntStream.range(0, 256).mapToObj(i -> String.valueOf((char) i)).reduce("", String::concat);

        sender.publish(sender.address("a"), everyByte).awaitPublished();
        sender.publish(sender.address("a"), "\0").awaitPublished();

        Expected.inOrder(List.of(everyByte, "\0"), ear.await(2), "heard");
    }

    @Test
    void aFrameOfTheLargestSizeArrives() {
        Party sender = stage().party();
        Ear ear = stage().party().hear(sender.address("a"));
        byte[] random = new byte[Math.min(sender.transport().maxFrameBytes(), LARGEST_TRIED)];
        new Random(1).nextBytes(random);
        String frame = new String(random, StandardCharsets.ISO_8859_1);

        sender.publish(sender.address("a"), frame).awaitPublished();
        sender.publish(sender.address("a"), "small").awaitPublished();

        assertTrue(ear.await(2).equals(List.of(frame, "small")), "the frames: others than published");
    }

    /** The limit may have changed since it was asked, so such a frame may come; it must not take others with it. */
    @Test
    void aFrameBeyondTheLargestSizeHarmsNoOther() {
        Party sender = stage().party();
        Ear ear = stage().party().hear(sender.address("a"));
        int max = sender.transport().maxFrameBytes();
        if (max <= LARGEST_TRIED) {
            sender.publish(sender.address("a"), "x".repeat(max + 1)).await();
        }
        sender.publish(sender.address("a"), "after").awaitPublished();

        ear.await("after");
    }

    @Test
    void everySubscriberGetsAnArrayOfItsOwn() {
        Party sender = stage().party();
        Party other = stage().party();
        String address = sender.address("a");
        List<Ear> ears = List.of(
                sender.hear(address), other.hear(address), stage().party().hear(address));
        Member ofSender = sender.join(address);
        Member ofOther = other.join(address);

        // Ears overwrite what they have heard.
        for (int i = 0; i < AT_ONCE; i++) {
            sender.publish(address, "frame " + i).awaitPublished();
        }

        List<String> expected =
                IntStream.range(0, AT_ONCE).mapToObj(i -> "frame " + i).toList();
        ears.forEach(ear -> Expected.inOrder(expected, ear.await(AT_ONCE), "heard"));
        stage().witness()
                .await(
                        () -> ofSender.taken().size() + ofOther.taken().size() >= AT_ONCE,
                        () -> "taken: " + ofSender.taken() + " and " + ofOther.taken() + " (expected: all frames)");
        List<String> taken = new ArrayList<>(ofSender.taken());
        taken.addAll(ofOther.taken());
        assertEquals(
                expected.stream().sorted().toList(), taken.stream().sorted().toList());
    }

    @Test
    void aFrameReachesItsAddressAlone() {
        Party sender = stage().party();
        Party hearing = stage().party();
        List<String> names = List.of("x", "X", "xy", "x_y", "x_", "y");
        List<Ear> ears =
                names.stream().map(name -> hearing.hear(sender.address(name))).toList();

        names.forEach(name -> sender.publish(sender.address(name), name).awaitPublished());
        names.forEach(name -> sender.publish(sender.address(name), "end").awaitPublished());

        for (int i = 0; i < names.size(); i++) {
            assertEquals(List.of(names.get(i), "end"), ears.get(i).await(2), "heard at " + names.get(i));
        }
    }

    @Test
    void framesOfOneThreadAndAddressKeepTheirOrder() throws InterruptedException {
        Party sender = stage().party();
        String address = sender.address("a");
        Ear ear = stage().party().hear(address);

        publishInOrder(sender, address, "", MANY);

        Expected.inOrder(numbers("", MANY), ear.await(MANY), "heard");
    }

    @Test
    void severalThreadsKeepTheirOrderEach() {
        Party sender = stage().party();
        Party other = stage().party();
        String address = sender.address("a");
        Ear ear = stage().party().hear(address);
        Ear own = sender.hear(address);
        int each = 1000;

        var threads = List.of("a", "b", "c", "d").stream()
                .map(name -> stage().run(() -> {
                    publishInOrder(name.compareTo("c") < 0 ? sender : other, address, name, each);
                    return name;
                }))
                .toList();
        threads.forEach(thread -> stage().witness().await(thread, "publishing"));

        for (Ear one : List.of(ear, own)) {
            List<String> heard = one.await(4 * each);
            for (String name : List.of("a", "b", "c", "d")) {
                Expected.inOrder(
                        numbers(name, each),
                        heard.stream().filter(text -> text.startsWith(name)).toList(),
                        "heard of one thread");
            }
        }
    }

    /** Never more than so many without an outcome: a queue is bounded. */
    private void publishInOrder(Party sender, String address, String name, int count) throws InterruptedException {
        Semaphore room = new Semaphore(AT_ONCE);
        for (int i = 0; i < count; i++) {
            if (!room.tryAcquire(patience().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("outcomes of " + AT_ONCE + " publishes: none (expected: one each)");
            }
            sender.publish(address, name + i, room::release);
        }
    }

    private static List<String> numbers(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + i).toList();
    }

    @Test
    void aPublishHasOneOutcome() {
        Party sender = stage().party();
        String address = sender.address("a");
        Ear ear = stage().party().hear(address);
        List<Posted> posted = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            posted.add(sender.publish(address, "heard " + i, Long.MAX_VALUE, i % 2 == 0)
                    .await());
            posted.add(sender.publish(sender.address("nobody"), "x", Long.MAX_VALUE, i % 2 == 0)
                    .await());
        }

        ear.await(100);
        assertTrue(posted.stream().allMatch(Posted::isPublished), "publishes: some failed (expected: none)");
    }

    @Test
    void aFrameWhoseTimeIsOverFailsAndGoesNowhere() {
        Party sender = stage().party();
        String address = sender.address("a");
        Ear ear = stage().party().hear(address);

        Posted late = sender.publish(address, "late", sender.nanoTime() - 1, true);
        sender.publish(address, "in time", sender.nanoTime() + patience().toNanos() * 100, true)
                .awaitPublished();
        sender.publish(address, "always in time", Long.MAX_VALUE, true).awaitPublished();

        assertEquals(ErrorCode.UNAVAILABLE, late.awaitFailed().code(), "the code of a frame whose time is over");
        assertEquals(List.of("in time", "always in time"), ear.await(2));
    }

    @Test
    void receiversAreCountedPerConnection() {
        Party sender = stage().party();
        String address = sender.address("a");
        if (sender.transport().receiverCount() == ReceiverCount.UNKNOWN) {
            return;
        }
        assertEquals(0, sender.publish(address, "nobody").awaitPublished(), "receivers: nobody has subscribed");
        Party both = stage().party();
        both.hear(address);
        assertEquals(1, sender.publish(address, "one").awaitPublished(), "receivers: one connection");
        Member member = both.join(address);
        assertEquals(1, sender.publish(address, "in both ways").awaitPublished(), "receivers: one, in both ways");
        Ear own = sender.hear(address);
        assertEquals(2, sender.publish(address, "own").awaitPublished(), "receivers: two, the sender's own too");
        own.end();
        assertEquals(1, sender.publish(address, "left").awaitPublished(), "receivers: one has left");
        member.end();
        both.transport().close();
        // A broker notices in a while that a connection has gone.
        long end = System.nanoTime() + patience().toNanos();
        long receivers = sender.publish(address, "gone").awaitPublished();
        while (receivers > 0 && System.nanoTime() - end < 0) {
            receivers = sender.publish(address, "gone").awaitPublished();
        }
        assertEquals(0, receivers, "receivers: all connections are closed");
    }

    @Test
    void nobodyIsThereOnlyWhereNobodyIs() {
        Party sender = stage().party();
        Party hearing = stage().party();
        Ear ear = hearing.hear(sender.address("heard"));
        Member member = hearing.join(sender.address("joined"));
        Posted heard = sender.publish(sender.address("heard"), "x", Long.MAX_VALUE, true);
        Posted joined = sender.publish(sender.address("joined"), "x", Long.MAX_VALUE, true);
        heard.awaitPublished();
        joined.awaitPublished();
        ear.await(1);
        member.ear().await(1);
        // What would be told of the first two has been told when the next one is through.
        sender.publish(sender.address("heard"), "y", Long.MAX_VALUE, true).awaitPublished();
        ear.await(2);

        assertFalse(heard.hasNobody(), "onNobodyThere: called (expected: not, there is a subscriber)");
        assertFalse(joined.hasNobody(), "onNobodyThere: called (expected: not, there is a member)");
    }

    /** Names that no broker likes, each of which somebody will try. */
    @Test
    void anAddressThatTheBrokerCannotHaveHarmsNoOther() {
        Party sender = stage().party();
        Party hearing = stage().party();
        Ear ear = hearing.hear(sender.address("a"));
        List<String> strange = List.of(
                "",
                " ",
                ".",
                "..",
                "*",
                ">",
                "a b",
                "a\tb",
                "a\r\nb",
                "a\0b",
                ".a",
                "a.",
                "a..b",
                "[a]",
                "?",
                "\\",
                "é🚀",
                "x".repeat(5_000),
                "é".repeat(5_000));
        for (String name : strange) {
            String address = sender.transport().address(new BusChannel(name, name, ""));
            sender.publish(address, "x", Long.MAX_VALUE, true).await();
            Ear own = hearing.newEar(address);
            stage().witness()
                    .await(
                            hearing.subscribe(address, Delivery.EVERY_SUBSCRIBER, own)
                                    .handle((subscription, failure) -> true),
                            "subscribing to " + name);
            sender.publish(sender.address("a"), "after " + name).awaitPublished();
        }

        assertEquals(
                strange.stream().map(name -> "after " + bytes(name)).toList(),
                ear.await(strange.size()),
                "heard beside");
        assertEquals(0, ear.gaps(), "gaps (expected: none, the connection lives on)");
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    }
}
