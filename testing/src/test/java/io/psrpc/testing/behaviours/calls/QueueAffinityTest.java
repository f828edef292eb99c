package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.ASK_ONE;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Selection;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On a queue method one server gets the request: choosing among servers is a mistake. */
@Rows("C22")
class QueueAffinityTest {
    private static final List<Selection> CHOOSING = List.of(
            Selection.DEFAULT.withMinimumAffinity(0.1f),
            Selection.DEFAULT.withMaximumAffinity(0.1f),
            Selection.DEFAULT.withSelector(bids -> bids.get(0)));

    private final Desk desk = new Desk("s");

    @Test
    void anAffinityFunctionIsRefused() {
        Stream.of(ASK, ASK_ONE)
                .forEach(method -> assertThatThrownBy(() -> bindWithAffinity(method))
                        .isInstanceOfSatisfying(
                                PsrpcException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                        .hasMessageContaining("Trial." + method.info().method()));
    }

    private Binding bindWithAffinity(MethodDefinition<StringValue, StringValue> method) {
        Topic topic = method.topicNames().isEmpty() ? Topic.NONE : Topic.of("a", "b");
        return Binding.unary(method, topic, desk, (ctx, request) -> 1f);
    }

    @OnEveryBus
    void aCallThatChoosesIsRefused(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, desk));
        RpcClient client = scene.client();

        for (Selection selection : CHOOSING) {
            PsrpcException failure = scene.call(client, ASK, text("x"), CallOptions.selecting(selection))
                    .failure();
            assertThat(failure)
                    .returns(ErrorCode.INVALID_ARGUMENT, PsrpcException::code)
                    .hasMessageContaining("Trial.Ask");
        }
        assertThat(scene.faults().count(Kind.REQUEST)).isZero();
        scene.assertQuiet();
    }

    @OnEveryBus
    void aCallThatDoesNotChooseIsServed(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, desk));
        Selection timers = Selection.DEFAULT
                .withMinimumAffinity(0)
                .withMaximumAffinity(0)
                .withAcceptFirst(true)
                .withTimeout(Duration.ofMillis(100));

        Call<StringValue> call = scene.call(scene.client(), ASK, text("x"), CallOptions.selecting(timers));

        assertThat(call.answer()).isEqualTo(text("s: x"));
    }

    @OnEveryBus
    void whatAClientPrefersElsewhereDoesNotMatterHere(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, desk));

        for (Selection selection : CHOOSING) {
            RpcClient client =
                    scene.client(ClientOptions.builder().selection(selection).build());
            assertThat(scene.call(client, ASK, "x").answer()).isEqualTo(text("s: x"));
        }
    }
}
