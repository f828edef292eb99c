package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.behaviours.Rows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a handler wants done when nobody waits for its answer any more. */
@Rows("C17")
class OnDoneTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final List<String> done = new CopyOnWriteArrayList<>();

    @OnEveryBus
    void runsWhenTheDeadlinePasses(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", serve(ASK, (ctx, request) -> {
            ctx.onDone(() -> done.add("kept"));
            ctx.onDone(() -> done.add("taken back")).close();
            gate.pass();
            return text("too late");
        }));
        Call<StringValue> call = scene.call(scene.client(), ASK, text("x"), CallOptions.timeout(TIMEOUT));
        scene.settle();

        scene.pass(TIMEOUT.minusNanos(1));
        assertThat(done).isEmpty();
        scene.pass(Duration.ofNanos(1));

        assertThat(done).containsExactly("kept");
        call.failsWith(ErrorCode.DEADLINE_EXCEEDED, "request timed out");
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void runsAtOnceWhereTheDeadlineHasPassed(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", serve(ASK, (ctx, request) -> {
            gate.pass();
            ctx.onDone(() -> done.add("late"));
            return text("too late");
        }));
        Call<StringValue> call = scene.call(scene.client(), ASK, text("x"), CallOptions.timeout(TIMEOUT));
        scene.settle();
        scene.pass(TIMEOUT);
        call.failsWith(ErrorCode.DEADLINE_EXCEEDED, "request timed out");

        gate.open();
        scene.settle();

        assertThat(done).containsExactly("late");
    }

    @OnEveryBus
    void oneThatFailsKeepsNoOtherFromRunning(Scene scene) {
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "s", serve(ASK, (ctx, request) -> {
            ctx.onDone(() -> {
                throw new AssertionError("on purpose");
            });
            ctx.onDone(() -> done.add("second"));
            gate.pass();
            return text("too late");
        }));
        Call<StringValue> call = scene.call(scene.client(), ASK, text("x"), CallOptions.timeout(TIMEOUT));
        scene.settle();

        scene.pass(TIMEOUT);

        assertThat(scene.logs().with("an onDone action failed")).hasSize(1);
        assertThat(done).containsExactly("second");
        call.failsWith(ErrorCode.DEADLINE_EXCEEDED, "request timed out");
        gate.open();
        scene.settle();
    }

    @OnEveryBus
    void runsNotOnceTheHandlerHasReturned(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, (ctx, request) -> {
            ctx.onDone(() -> done.add("never"));
            return request;
        }));
        Call<StringValue> call = scene.call(scene.client(), ASK, text("x"), CallOptions.timeout(TIMEOUT));

        assertThat(call.answer()).isEqualTo(text("x"));
        scene.pass(TIMEOUT);

        assertThat(done).isEmpty();
    }
}
