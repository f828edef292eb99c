package io.psrpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.psrpc.ErrorCode;
import io.psrpc.bus.BusTransport.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a connection is after its end. */
abstract class ClosingRules extends GroupRules {
    ClosingRules() {}

    @Test
    void aClosedConnectionHearsNothing() {
        Party sender = stage().party();
        Party closing = stage().party();
        String address = sender.address("a");
        Ear ear = closing.hear(address);
        Member member = closing.join(address);
        sender.publish(address, "before").awaitPublished();
        ear.await(1);
        member.ear().await(1);

        closing.transport().close();
        ear.over();
        member.ear().over();
        Ear fence = stage().party().hear(address);
        for (int i = 0; i < 3; i++) {
            sender.publish(address, "after " + i).awaitPublished();
        }

        fence.await(3);
        assertEquals(List.of("before"), ear.heard(), "heard by a closed connection");
    }

    @Test
    void aClosedConnectionFailsWhatIsAskedOfIt() {
        Party closing = stage().party();
        String address = closing.address("a");
        Ear ear = closing.hear(address);
        closing.transport().close();

        Posted posted = closing.publish(address, "x");
        boolean hasSubscribed = stage().witness()
                .await(
                        closing.subscribe(address, Delivery.EVERY_SUBSCRIBER, closing.newEar(address))
                                .handle((subscription, failure) -> failure == null),
                        "subscribing at a closed connection");

        assertEquals(ErrorCode.UNAVAILABLE, posted.awaitFailed().code(), "the code of a publish after close");
        assertTrue(!hasSubscribed, "subscribing at a closed connection: done (expected: failed)");
        ear.end();
    }

    @Test
    void whatIsUnderWayAtTheEndHasAnOutcome() {
        Party closing = stage().party();
        String address = closing.address("a");
        closing.hear(address);
        List<Posted> posted = IntStream.range(0, 100)
                .mapToObj(i -> closing.publish(address, "frame " + i))
                .toList();
        var subscribed = closing.subscribe(address, Delivery.ONE_OF_GROUP, closing.newEar(address))
                .handle((subscription, failure) -> true);

        closing.transport().close();

        posted.forEach(Posted::await);
        stage().witness().await(subscribed, "subscribing while the connection is closed");
    }

    @Test
    void closingTwiceIsClosingOnce() {
        Party party = stage().party();
        party.transport().close();

        party.transport().close();
    }

    @Test
    void oneThatWasNeverStartedCanBeClosed() {
        stage().unstarted().transport().close();
    }

    @Test
    void aConnectionMayBeClosedFromInsideAListener() {
        Party sender = stage().party();
        Party closing = stage().party();
        String address = sender.address("a");
        CompletableFuture<Void> closed = new CompletableFuture<>();
        closing.hear(address, Delivery.EVERY_SUBSCRIBER, (text, turn) -> {
            closing.transport().close();
            closed.complete(null);
            return false;
        });

        sender.publish(address, "close").awaitPublished();

        stage().witness().await(closed, "closing from inside a listener");
    }

    @Test
    void whoStaysGoesOn() {
        Party sender = stage().party();
        String address = sender.address("a");
        Party closing = stage().party();
        closing.hear(address);
        closing.join(address);
        Party staying = stage().party();
        Ear ear = staying.hear(address);
        Member member = staying.join(address);

        closing.transport().close();
        // What is on its way to one that has gone is lost; a broker notices in a while, and then the other one gets
        // all.
        List<String> all = new ArrayList<>();
        while (member.taken().size() < 10 && all.size() < 1000) {
            all.add("frame " + all.size());
            sender.publish(address, "frame " + (all.size() - 1)).awaitPublished();
            ear.await(all.size());
        }

        Expected.inOrder(all, ear.heard(), "heard by who stays");
        member.ear().await(10);
    }
}
