package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One request, one answer. */
class UnaryCallTest {
    private final Desk first = new Desk("one");
    private final Desk second = new Desk("two");

    @OnEveryBus
    @Rows("C01")
    void oneOfTwoServersRunsAQueueRequest(Scene scene) {
        scene.server(scene.process(), "one", serve(ASK, first));
        scene.server(scene.process(), "two", serve(ASK, second));

        everyCallerGetsHisOwnAnswer(scene, ASK);
    }

    @OnEveryBus
    @Rows("C01")
    void oneOfTwoServersOfAProcessRunsAQueueRequest(Scene scene) {
        MessageBus process = scene.process();
        scene.server(process, "one", serve(ASK, first));
        scene.server(process, "two", serve(ASK, second));

        everyCallerGetsHisOwnAnswer(scene, ASK);
    }

    @OnEveryBus
    @Rows("C01")
    void oneOfTwoServersRunsAnAffinityRequest(Scene scene) {
        scene.server(scene.process(), "one", bid(0.5f, first));
        scene.server(scene.process(), "two", bid(0.5f, second));

        everyCallerGetsHisOwnAnswer(scene, PICK);
    }

    private void everyCallerGetsHisOwnAnswer(Scene scene, MethodDefinition<StringValue, StringValue> method) {
        List<RpcClient> clients = List.of(scene.client(), scene.client());
        List<String> texts = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
        List<Call<StringValue>> calls = new ArrayList<>();
        for (String text : texts) {
            calls.add(scene.call(clients.get(calls.size() % 2), method, text));
        }
        scene.passMillis(200);

        assertThat(calls)
                .extracting(call -> call.answer().getValue().replaceAll("one: |two: ", ""))
                .isEqualTo(texts);
        assertThat(Stream.of(first, second).flatMap(desk -> desk.asked().stream()))
                .containsExactlyInAnyOrderElementsOf(texts);
    }
}
