package io.psrpc.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.testing.Faults.Fate;
import io.psrpc.testing.Faults.Frames;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.Faults.Outcome;
import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.FakeHost;
import io.psrpc.testing.transports.FakeListener;
import io.psrpc.testing.transports.FakePublish;
import io.psrpc.testing.transports.LockAnswer;
import io.psrpc.testing.transports.RedisLikeBroker;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Compression;
import io.psrpc.wire.Msg;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import io.psrpc.wire.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final Request REQUEST =
            Request.newBuilder().setRequestId("REQ_1").build();
    private static final Response RESPONSE =
            Response.newBuilder().setRequestId("REQ_1").build();

    private final ManualTime time = new ManualTime();
    private final RedisLikeBroker broker = new RedisLikeBroker(time, Dispatch.INLINE);
    private final Faults faults = Faults.create();
    private final BusTransport transport = faults.around(broker.connect());
    private final FakeHost host = new FakeHost(time);
    private final FakeListener listener = new FakeListener();

    @BeforeEach
    void start() {
        transport.start(host);
        transport.subscribe("a", Delivery.EVERY_SUBSCRIBER, listener);
    }

    @Test
    void tellsKindsByTheEnvelopesType() throws IOException {
        publish(frame(REQUEST));
        publish(frame(RESPONSE));
        publish(frame(ClaimRequest.newBuilder().setRequestId("REQ_2").build()));
        publish(frame(ClaimResponse.newBuilder().setRequestId("REQ_3").build()));
        publish(frame(Stream.newBuilder().setRequestId("REQ_4").build()));
        publish(update("text"));
        publish(compressed(REQUEST));
        publish(new byte[] {-1});

        assertThat(faults.fates())
                .extracting(fate -> fate.kind() + " " + fate.requestId())
                .containsExactly(
                        "REQUEST REQ_1",
                        "RESPONSE REQ_1",
                        "CLAIM REQ_2",
                        "GRANT REQ_3",
                        "STREAM REQ_4",
                        "UPDATE ",
                        "REQUEST REQ_1",
                        "UPDATE ");
        assertThat(listener.heard()).hasSize(8);
    }

    @Test
    void aDroppedFrameIsPublishedForItsPublisherAlone() {
        faults.drop(Kind.RESPONSE, 1.0);

        assertThat(publish(frame(RESPONSE)).told()).containsExactly("published -1");
        assertThat(publish(frame(REQUEST)).told()).containsExactly("published 1");

        assertThat(listener.heard()).hasSize(1);
        assertThat(outcomes()).containsExactly(Outcome.DROPPED, Outcome.PASSED);
    }

    @Test
    void aCountedFaultEndsWithItsCount() {
        faults.dropNext(Kind.REQUEST, 1).failNextPublish(Kind.REQUEST, 1);

        publish(frame(REQUEST));
        assertThat(publish(frame(REQUEST)).told()).containsExactly("INTERNAL");
        publish(frame(REQUEST));

        assertThat(outcomes()).containsExactly(Outcome.DROPPED, Outcome.FAILED, Outcome.PASSED);
    }

    @Test
    void aFaultIsForAKindAnAddressOrBoth() {
        transport.subscribe("b", Delivery.EVERY_SUBSCRIBER, listener);
        faults.dropNext(Kind.REQUEST.to("b"), 1)
                .failNextPublish(Frames.all().to(address -> address.endsWith("c")), 1)
                .delayNext(Kind.UPDATE.to("b"), Duration.ofMillis(5), 1);

        publish(frame(REQUEST));
        publish("b", update("delayed"));
        publish("b", frame(REQUEST));
        publish("b", frame(REQUEST));
        publish("c", frame(REQUEST));
        publish("c", frame(REQUEST));

        assertThat(outcomes())
                .containsExactly(
                        Outcome.PASSED,
                        Outcome.DELAYED,
                        Outcome.DROPPED,
                        Outcome.PASSED,
                        Outcome.FAILED,
                        Outcome.PASSED);
        assertThat(faults.fates()).extracting(Fate::address).containsExactly("a", "b", "b", "b", "c", "c");
        assertThat(faults.count(Kind.REQUEST.to("b"))).isEqualTo(2);
        assertThat(faults.count(Frames.all())).isEqualTo(6);
        faults.await(Frames.all().to("b"), 3);
        time.advance(Duration.ofMillis(5));
    }

    @Test
    void whatIsAwaitedAndDoesNotComeIsNamed() {
        publish(update("one"));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> faults.await(Kind.UPDATE, 2))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("UPDATE frames: 1 (expected: >= 2)");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void chancesAreTheSameForTheSameSeed() {
        List<Outcome> first = chances(7);

        assertThat(chances(7)).isEqualTo(first);
        assertThat(first).contains(Outcome.DROPPED, Outcome.FAILED, Outcome.PASSED);
    }

    private static List<Outcome> chances(long seed) {
        Faults faults = Faults.seeded(seed).drop(Kind.UPDATE, 0.3).failPublish(Kind.UPDATE, 0.3);
        List<Outcome> drawn = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            OutgoingFrame frame = new OutgoingFrame("a", update("text"), Long.MAX_VALUE, false);
            drawn.add(faults.draw(frame, true).outcome());
        }
        return drawn;
    }

    @Test
    void aDoubledFrameIsHeardTwiceByWhoeverGetsIt() {
        faults.duplicateNext(Kind.UPDATE, 1);

        publish(update("one"));
        publish(update("two"));

        assertThat(listener.heard()).hasSize(3);
        assertThat(listener.heard().get(0)).isEqualTo(listener.heard().get(1)).contains("one");
        assertThat(broker.published("a")).isEqualTo(2);
    }

    @Test
    void aDelayedFrameIsOvertaken() {
        faults.delayNext(Kind.UPDATE, Duration.ofMillis(50), 1);

        FakePublish slow = publish(update("slow"));
        publish(update("quick"));
        time.advance(Duration.ofMillis(49));
        assertThat(listener.heard()).hasSize(1).first().asString().contains("quick");
        assertThat(slow.told()).isEmpty();
        time.advance(Duration.ofMillis(1));

        assertThat(listener.heard()).hasSize(2).last().asString().contains("slow");
        assertThat(slow.told()).containsExactly("published 1");
        assertThat(faults.fates().get(0))
                .isEqualTo(new Fate(Kind.UPDATE, "a", "", Outcome.DELAYED, Duration.ofMillis(50)));
    }

    @Test
    void closingEndsWhatIsDelayed() {
        faults.delay(Kind.UPDATE, Duration.ofMillis(50), 1.0);
        FakePublish slow = publish(update("slow"));

        transport.close();

        assertThat(slow.told()).containsExactly("UNAVAILABLE");
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void aDisconnectionFailsPublishesAndLosesFramesUntilTheGap() {
        BusTransport other = broker.connect();
        other.start(new FakeHost(time));

        faults.disconnect();
        FakePublish.of(other, "a", "lost");
        assertThat(publish(update("mine")).told()).containsExactly("UNAVAILABLE");
        faults.reconnect();
        FakePublish.of(other, "a", "back");

        assertThat(listener.heard()).containsExactly(FakeListener.GAP, "back");
        assertThat(host.states()).containsExactly(BusState.Status.DISCONNECTED, BusState.Status.CONNECTED);
        assertThat(outcomes()).containsExactly(Outcome.DISCONNECTED);
    }

    @Test
    void aSubscriptionIsConfirmedOnlyWhenConnected() {
        faults.disconnect();
        CompletableFuture<?> confirmed =
                transport.subscribe("b", Delivery.ONE_OF_GROUP, listener).toCompletableFuture();

        assertThat(confirmed).isNotDone();
        faults.reconnect();

        assertThat(confirmed).isCompleted();
    }

    @Test
    void aTurnCannotBeTakenDuringADisconnection() {
        FakeListener group = new FakeListener();
        transport.subscribe("b", Delivery.ONE_OF_GROUP, group);
        FakePublish.of(transport, "b", "one");
        faults.disconnect();

        CompletionStage<Boolean> taken = group.turns().get(0).take(Duration.ofSeconds(5));

        assertThat(taken).isCompletedExceptionally();
        assertThat(broker.locksAsked()).isZero();
    }

    @Test
    void whatIsPublishedWithATurnMeetsItsFaults() {
        broker.takeAndPublish(true);
        broker.lockAnswer(LockAnswer.GIVEN);
        FakeListener group = new FakeListener();
        transport.subscribe("b", Delivery.ONE_OF_GROUP, group);
        FakePublish.of(transport, "b", "one");
        faults.drop(Kind.CLAIM, 1.0);

        assertThat(group.turns().get(0).takeAndPublish(Duration.ofSeconds(5), bid(), FakePublish.unsent()))
                .isNull();
        faults.clear();
        assertThat(group.turns().get(0).takeAndPublish(Duration.ofSeconds(5), bid(), FakePublish.unsent()))
                .isCompletedWithValue(true);
        assertThat(faults.count(Kind.CLAIM)).isOne();
    }

    @Test
    void awaitReturnsWhenAnotherThreadHasPublished() {
        List<Fate> seen = new ArrayList<>();
        faults.observe(seen::add);
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publish(frame(REQUEST)));

        faults.await(Kind.REQUEST, 1);
        publishing.join();

        assertThat(seen).containsExactlyElementsOf(faults.fates());
    }

    @Test
    void sharesAreChecked() {
        assertThatThrownBy(() -> faults.drop(Kind.UPDATE, 1.5)).hasMessage("share: 1.5 (expected: 0.0 to 1.0)");
        assertThatThrownBy(() -> faults.dropNext(Kind.UPDATE, -1)).hasMessage("times: -1 (expected: >= 0)");
    }

    private List<Outcome> outcomes() {
        return faults.fates().stream().map(Fate::outcome).toList();
    }

    private FakePublish publish(byte[] frame) {
        return publish("a", frame);
    }

    private FakePublish publish(String address, byte[] frame) {
        return FakePublish.of(transport, address, frame, Long.MAX_VALUE);
    }

    private static OutgoingFrame bid() {
        byte[] frame = frame(ClaimRequest.newBuilder().setRequestId("REQ_1").build());
        return new OutgoingFrame("c", frame, Long.MAX_VALUE, false);
    }

    private static byte[] update(String text) {
        return Msg.newBuilder()
                .setTypeUrl("type.googleapis.com/example.Update")
                .setValue(ByteString.copyFromUtf8(text))
                .build()
                .toByteArray();
    }

    private static byte[] frame(MessageLite message) {
        return Msg.newBuilder()
                .setTypeUrl("type.googleapis.com/internal." + message.getClass().getSimpleName())
                .setValue(message.toByteString())
                .build()
                .toByteArray();
    }

    private static byte[] compressed(MessageLite message) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            message.writeTo(gzip);
        }
        return Msg.parseFrom(frame(message)).toBuilder()
                .setValue(ByteString.copyFrom(packed.toByteArray()))
                .setCompression(Compression.COMPRESSION_GZIP)
                .build()
                .toByteArray();
    }
}
