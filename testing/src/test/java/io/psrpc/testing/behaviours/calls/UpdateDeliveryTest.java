package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.FEED;
import static io.psrpc.testing.behaviours.calls.Trial.NEWS;
import static io.psrpc.testing.behaviours.calls.Trial.TASKS;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcPublisher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Which of two clients gets an update. */
class UpdateDeliveryTest {
    private static final List<String> TEXTS =
            IntStream.range(0, 20).mapToObj(Integer::toString).toList();

    private static void publish(Scene scene, MethodDefinition<StringValue, StringValue> method) {
        try (RpcPublisher publisher = RpcPublisher.create(scene.process(), FEED)) {
            for (String text : TEXTS) {
                if (scene.flavour() == Flavour.BLOCKING) {
                    publisher.publish(method, Topic.NONE, text(text));
                } else {
                    publisher
                            .publishAsync(method, Topic.NONE, text(text))
                            .orTimeout(30, TimeUnit.SECONDS)
                            .join();
                }
            }
        }
    }

    @OnEveryBus
    @Rows("C10")
    void anUpdateForOneReachesOneOfTwoProcesses(Scene scene) {
        oneOfTwoGetsEach(scene, scene.process(), scene.process());
    }

    @OnEveryBus
    @Rows("C10")
    void anUpdateForOneReachesOneOfTwoClientsOfAProcess(Scene scene) {
        MessageBus process = scene.process();

        oneOfTwoGetsEach(scene, process, process);
    }

    private static void oneOfTwoGetsEach(Scene scene, MessageBus ofFirst, MessageBus ofSecond) {
        try (Reader first = Reader.of(scene, scene.feedClient(ofFirst), TASKS);
                Reader second = Reader.of(scene, scene.feedClient(ofSecond), TASKS)) {
            publish(scene, TASKS);

            List<String> all = new ArrayList<>(first.received(scene));
            all.addAll(second.received(scene));
            assertThat(all).containsExactlyInAnyOrderElementsOf(TEXTS);
        }
    }

    @OnEveryBus
    @Rows("C11")
    void anUpdateForAllReachesBothOfTwoProcesses(Scene scene) {
        bothGetAll(scene, scene.process(), scene.process());
    }

    @OnEveryBus
    @Rows("C11")
    void anUpdateForAllReachesBothOfTwoClientsOfAProcess(Scene scene) {
        MessageBus process = scene.process();

        bothGetAll(scene, process, process);
    }

    private static void bothGetAll(Scene scene, MessageBus ofFirst, MessageBus ofSecond) {
        try (Reader first = Reader.of(scene, scene.feedClient(ofFirst), NEWS);
                Reader second = Reader.of(scene, scene.feedClient(ofSecond), NEWS)) {
            publish(scene, NEWS);

            assertThat(first.received(scene)).isEqualTo(TEXTS);
            assertThat(second.received(scene)).isEqualTo(TEXTS);
        }
    }
}
