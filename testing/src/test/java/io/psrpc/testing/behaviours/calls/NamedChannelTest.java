package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.MessageBus;
import io.psrpc.wire.Msg;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Publishing and subscribing on a channel of one's own. */
@Rows("C43")
class NamedChannelTest {
    private static final BusChannel NOTES = BusChannel.named("notes");

    private static Reader plain(MessageBus process) {
        return Reader.of(process.subscribe(NOTES, StringValue.getDefaultInstance(), SubscriptionOptions.DEFAULT));
    }

    private static Reader queue(MessageBus process) {
        Subscription<StringValue> subscription =
                process.subscribeQueue(NOTES, StringValue.getDefaultInstance(), SubscriptionOptions.DEFAULT);
        return Reader.of(subscription);
    }

    private static void publish(Scene scene, String... texts) {
        MessageBus from = scene.home();
        for (String text : texts) {
            from.publish(NOTES, text(text)).orTimeout(30, TimeUnit.SECONDS).join();
        }
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void everyPlainSubscriberGetsEveryMessage(Scene scene) {
        MessageBus process = scene.process();
        try (Reader first = plain(process);
                Reader second = plain(process);
                Reader third = plain(scene.process())) {
            publish(scene, "a", "b", "c");

            assertThat(first.received(scene)).containsExactly("a", "b", "c");
            assertThat(second.received(scene)).containsExactly("a", "b", "c");
            assertThat(third.received(scene)).containsExactly("a", "b", "c");
        }
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void oneQueueSubscriberGetsEachMessage(Scene scene) {
        MessageBus process = scene.process();
        try (Reader first = queue(process);
                Reader second = queue(process);
                Reader third = queue(scene.process());
                Reader watching = plain(scene.process())) {
            publish(scene, "a", "b", "c", "d", "e", "f");

            List<String> all = new ArrayList<>();
            Stream.of(first, second, third).forEach(reader -> all.addAll(reader.received(scene)));
            assertThat(all).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
            assertThat(watching.received(scene)).containsExactly("a", "b", "c", "d", "e", "f");
        }
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void aPeerOnThatNameSeesWhatIsPublished(Scene scene) {
        List<Msg> seen = new CopyOnWriteArrayList<>();
        scene.peer().listen(NOTES, seen::add);

        publish(scene, "a");

        assertThat(seen)
                .extracting(envelope -> envelope.toBuilder().clearNonce().build())
                .containsExactly(Msg.newBuilder()
                        .setTypeUrl("type.googleapis.com/google.protobuf.StringValue")
                        .setValue(text("a").toByteString())
                        .build());
    }

    @OnEveryBus(flavours = Flavour.BLOCKING)
    void whatAPeerPublishesOnThatNameArrives(Scene scene) {
        try (Reader plain = plain(scene.process());
                Reader queue = queue(scene.process())) {
            scene.peer().send(NOTES, text("from a peer"));

            assertThat(plain.received(scene)).containsExactly("from a peer");
            assertThat(queue.received(scene)).containsExactly("from a peer");
        }
    }
}
