package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.Responses.End;
import io.psrpc.Selection;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.transports.CountAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Three servers in three processes: a call ends when the third has spoken, where the broker counts. */
@Rows("C34")
class EarlyEndTest {
    private static final CallOptions NOT_EARLY =
            CallOptions.DEFAULT.withEarlyEnd(false).withSelection(Selection.DEFAULT.withEarlyEnd(false));

    /** Serves both methods; who comes later bids more. Waits at the gate before it answers or bids. */
    private static RpcServer serveBoth(Scene scene, int number, Crew.@Nullable Gate gate) {
        Desk desk = new Desk("s" + number);
        return scene.server(
                scene.process(),
                desk.name(),
                serve(ALL, (ctx, request) -> {
                    pass(gate);
                    return desk.handle(ctx, request);
                }),
                Binding.unary(PICK, Topic.NONE, desk, (ctx, request) -> {
                    pass(gate);
                    return number / 10f;
                }));
    }

    private static void pass(Crew.@Nullable Gate gate) throws InterruptedException {
        if (gate != null) {
            gate.pass();
        }
    }

    private static void serveFromTwoProcesses(Scene scene) {
        serveBoth(scene, 1, null);
        serveBoth(scene, 2, null);
    }

    @OnEveryBus(networks = {Network.LOCAL, Network.REDIS_LIKE})
    void aMultiCallEndsWithTheThirdAnswer(Scene scene) {
        serveFromTwoProcesses(scene);
        Crew.Gate gate = scene.crew().gate();
        serveBoth(scene, 3, gate);

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        scene.passMillis(100);
        assertThat(answers.await(2)).hasSize(2);
        scene.assertUnderWay(1);
        gate.open();

        assertThat(answers.byServer()).containsOnlyKeys("s1", "s2", "s3");
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.EVERYONE_ANSWERED));
        scene.assertQuiet();
    }

    @OnEveryBus(networks = {Network.LOCAL, Network.REDIS_LIKE})
    void aSelectionEndsWithTheThirdBid(Scene scene) {
        serveFromTwoProcesses(scene);
        Crew.Gate gate = scene.crew().gate();
        serveBoth(scene, 3, gate);

        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.passMillis(100);
        assertThat(scene.faults().count(Kind.CLAIM)).isEqualTo(2);
        assertThat(scene.faults().count(Kind.GRANT)).isZero();
        gate.open();

        assertThat(call.answer()).isEqualTo(text("s3: x"));
        scene.assertQuiet();
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void theCountMayComeAfterTheAnswersAndBids(Scene scene) {
        scene.redis().countAnswer(CountAnswer.HELD);
        serveFromTwoProcesses(scene);
        serveBoth(scene, 3, null);

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        scene.settle();
        assertThat(answers.await(3)).hasSize(3);
        scene.assertUnderWay(1);
        scene.redis().heldAnswers().giveAll();
        assertThat(answers.all()).hasSize(3);
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.EVERYONE_ANSWERED));

        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.settle();
        assertThat(scene.faults().count(Kind.CLAIM)).isEqualTo(3);
        assertThat(scene.faults().count(Kind.GRANT)).isZero();
        scene.redis().heldAnswers().giveAll();
        scene.settle();
        scene.redis().heldAnswers().giveAll();
        assertThat(call.answer()).isEqualTo(text("s3: x"));
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void theCountMayComeBetweenTheAnswersAndBids(Scene scene) {
        scene.redis().countAnswer(CountAnswer.HELD);
        serveFromTwoProcesses(scene);
        Crew.Gate gate = scene.crew().gate();
        serveBoth(scene, 3, gate);

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.settle();
        scene.redis().heldAnswers().giveAll();
        scene.settle();
        scene.assertUnderWay(2);
        gate.open();
        scene.settle();
        scene.redis().heldAnswers().giveAll();

        assertThat(answers.all()).hasSize(3);
        assertThat(call.answer()).isEqualTo(text("s3: x"));
    }

    @OnEveryBus
    void withEarlyEndOffTheTimersRule(Scene scene) {
        serveFromTwoProcesses(scene);
        serveBoth(scene, 3, null);

        MultiAnswers answers = scene.callAll(scene.client(), "x", NOT_EARLY);
        Call<StringValue> call = scene.call(scene.client(), PICK, text("x"), NOT_EARLY);
        scene.passMillis(199);
        assertThat(scene.faults().count(Kind.CLAIM)).isEqualTo(3);
        assertThat(scene.faults().count(Kind.GRANT)).isZero();
        scene.passMillis(1);
        assertThat(call.answer()).isEqualTo(text("s3: x"));
        scene.passMillis(2799);
        assertThat(answers.await(3)).hasSize(3);
        scene.assertUnderWay(1);
        scene.passMillis(1);

        assertThat(answers.all()).hasSize(3);
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
    }

    @OnEveryBus(networks = {Network.LOCAL, Network.REDIS_LIKE})
    void whoeverListensAndSaysNothingCostsTimeAlone(Scene scene) {
        serveFromTwoProcesses(scene);
        serveBoth(scene, 3, null);
        Peer monitor = scene.peer();
        monitor.requests(ALL);
        monitor.requests(PICK);

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.passMillis(199);
        assertThat(scene.faults().count(Kind.GRANT)).isZero();
        scene.passMillis(1);
        assertThat(call.answer()).isEqualTo(text("s3: x"));
        scene.passMillis(2800);

        assertThat(answers.all()).hasSize(3);
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
    }

    @OnEveryBus(networks = {Network.LOCAL, Network.REDIS_LIKE})
    void whoeverListensInAServersProcessCostsTimeAlone(Scene scene) {
        serveFromTwoProcesses(scene);
        Desk desk = new Desk("s3");
        var process = scene.process();
        scene.server(process, "s3", serve(ALL, desk), bid(0.3f, desk));
        scene.server(process, "silent", bid(-1f, desk));

        Call<StringValue> call = scene.call(scene.client(), PICK, "x");
        scene.passMillis(199);
        assertThat(scene.faults().count(Kind.GRANT)).isZero();
        scene.passMillis(1);

        assertThat(call.answer()).isEqualTo(text("s3: x"));
    }

    @OnEveryBus(networks = {Network.LOCAL, Network.REDIS_LIKE})
    void serversComeAndGoBetweenCalls(Scene scene) {
        serveFromTwoProcesses(scene);
        RpcServer third = serveBoth(scene, 3, null);
        assertAnsweredAtOnce(scene, 3);

        serveBoth(scene, 4, null);
        assertAnsweredAtOnce(scene, 4);
        RpcServer fifth = serveBoth(scene, 5, null);
        assertAnsweredAtOnce(scene, 5);
        third.close();
        assertAnsweredAtOnce(scene, 5);
        fifth.close();
        assertAnsweredAtOnce(scene, 4);
    }

    private static void assertAnsweredAtOnce(Scene scene, int best) {
        assertThat(scene.call(scene.client(), PICK, "x").answer()).isEqualTo(text("s" + best + ": x"));
        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT);
        assertThat(answers.byServer()).containsKeys("s1", "s2", "s" + best);
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.EVERYONE_ANSWERED));
    }

    @OnEveryBus
    void asManyAnswersAsExpectedEndAMultiCall(Scene scene) {
        serveFromTwoProcesses(scene);
        Crew.Gate gate = scene.crew().gate();
        serveBoth(scene, 3, gate);

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT.withExpectedResponses(2));

        assertThat(answers.byServer()).containsOnlyKeys("s1", "s2");
        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.EXPECTED_REACHED));
        scene.assertUnderWay(0);
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void fewerAnswersThanExpectedEndAtTheDeadline(Scene scene) {
        serveFromTwoProcesses(scene);

        MultiAnswers answers = scene.callAll(
                scene.client(), "x", CallOptions.timeout(Duration.ofMillis(50)).withExpectedResponses(3));
        scene.passMillis(49);
        assertThat(answers.await(2)).hasSize(2);
        scene.assertUnderWay(1);
        scene.passMillis(1);

        answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
    }

    @OnEveryBus(networks = Network.NATS_LIKE)
    void withoutACountAMultiCallNeverEndsByGuess(Scene scene) {
        serveFromTwoProcesses(scene);
        serveBoth(scene, 3, null);

        for (int i = 0; i < 2; i++) {
            MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.timeout(Duration.ofMillis(500)));
            scene.passMillis(499);
            assertThat(answers.await(3)).hasSize(3);
            scene.assertUnderWay(1);
            scene.passMillis(1);
            answers.end().ifPresent(end -> assertThat(end).isEqualTo(End.DEADLINE));
            assertThat(answers.all()).hasSize(3);
        }
    }
}
