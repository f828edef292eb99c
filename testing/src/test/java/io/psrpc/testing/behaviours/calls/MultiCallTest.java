package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses.End;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import java.time.Duration;
import java.util.Map;

/** One request, an answer from every server. */
class MultiCallTest {
    private static final Map<String, String> EVERYONES =
            Map.of("one", "one: x", "two", "two: x", "three", "internal: foo");

    private static StringValue fail() {
        throw ErrorCode.INTERNAL.error("foo");
    }

    private static void serveFromThreeProcesses(Scene scene) {
        scene.server(scene.process(), "one", serve(ALL, new Desk("one")));
        scene.server(scene.process(), "two", serve(ALL, new Desk("two")));
        scene.server(scene.process(), "three", serve(ALL, (ctx, request) -> fail()));
    }

    @OnEveryBus
    @Rows("C02")
    void everyServersAnswerArrivesThenTheEnd(Scene scene) {
        serveFromThreeProcesses(scene);

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.timeout(Duration.ofMillis(250)));
        scene.settle();
        if (scene.network() == Network.NATS_LIKE) {
            scene.passMillis(249);
            scene.assertUnderWay(1);
            scene.passMillis(1);
        }

        assertThat(answers.byServer()).isEqualTo(EVERYONES);
        assertThat(answers.await(3)).isEqualTo(answers.all());
        assertThat(answers.all())
                .filteredOn(Response.Failure.class::isInstance)
                .singleElement()
                .satisfies(answer -> assertThat(answer.error().orElseThrow())
                        .returns(ErrorCode.INTERNAL, PsrpcException::code)
                        .returns(true, PsrpcException::isFromPeer)
                        .returns("three", error -> error.serverId().orElseThrow()));
        answers.end()
                .ifPresent(end -> assertThat(end)
                        .isEqualTo(scene.network() == Network.NATS_LIKE ? End.DEADLINE : End.EVERYONE_ANSWERED));
        scene.assertQuiet();
    }

    @OnEveryBus
    @Rows("C02")
    void theEndIsNotLaterThanTheTimeoutWhenSomeoneDoesNotAnswer(Scene scene) {
        serveFromThreeProcesses(scene);
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "slow", serve(ALL, (ctx, request) -> {
            gate.pass();
            return text("too late");
        }));

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.timeout(Duration.ofMillis(250)));
        scene.passMillis(249);
        assertThat(answers.await(3)).hasSize(3);
        scene.assertUnderWay(1);
        scene.passMillis(1);

        assertThat(answers.byServer()).isEqualTo(EVERYONES);
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
        scene.assertUnderWay(0);
        gate.open();
        scene.settle();
        assertThat(answers.all()).hasSize(3);
    }

    @OnEveryBus
    @Rows("C02")
    void answersAreSeenAsTheyArrive(Scene scene) {
        MessageBus process = scene.process();
        Crew.Gate gate = scene.crew().gate();
        scene.server(process, "quick", serve(ALL, new Desk("quick")));
        scene.server(process, "slow", serve(ALL, (ctx, request) -> {
            gate.pass();
            return text("slow: " + request.getValue());
        }));

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        scene.settle();
        assertThat(answers.await(1)).containsExactly(new Response.Success<>("quick", text("quick: x")));
        gate.open();
        scene.settle();
        scene.passMillis(scene.network() == Network.NATS_LIKE ? 3000 : 0);

        assertThat(answers.all())
                .containsExactly(
                        new Response.Success<>("quick", text("quick: x")),
                        new Response.Success<>("slow", text("slow: x")));
    }
}
