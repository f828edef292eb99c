package io.psrpc.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.RequestContext;
import io.psrpc.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestContextTest {
    private static final RequestContext.Key<String> USER = RequestContext.Key.named("user");

    @Test
    void saysWhatItWasBuiltWith() {
        RequestContext ctx = TestContext.builder()
                .topic("eu", "r7")
                .requestId("REQ_1")
                .callerId("CLI_1")
                .metadata("tenant", "acme")
                .with(USER, "ada")
                .remaining(Duration.ofSeconds(1))
                .build();

        assertThat(ctx.topic()).isEqualTo(Topic.of("eu", "r7"));
        assertThat(ctx.requestId()).isEqualTo("REQ_1");
        assertThat(ctx.callerId()).isEqualTo("CLI_1");
        assertThat(ctx.metadata()).isEqualTo(Map.of("tenant", "acme"));
        assertThat(ctx.get(USER)).contains("ada");
        assertThat(ctx.deadline()).isEqualTo(ctx.sentAt().plusSeconds(1));
        assertThat(ctx.remaining()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aCopyHasTheNewValueAndTheOriginalHasNot() {
        RequestContext ctx = TestContext.any();

        assertThat(ctx.with(USER, "ada").get(USER)).contains("ada");
        assertThat(ctx.get(USER)).isEmpty();
    }

    @Test
    void isDoneWhenItsTimeHasPassedTheDeadline() {
        ManualTime time = new ManualTime();
        List<String> done = new ArrayList<>();
        RequestContext ctx = TestContext.builder()
                .time(time)
                .remaining(Duration.ofSeconds(2))
                .build();
        ctx.onDone(() -> done.add("kept"));
        ctx.onDone(() -> done.add("forgotten")).close();

        time.advance(Duration.ofMillis(1999));
        assertThat(ctx.isDone()).isFalse();
        time.advance(Duration.ofMillis(1));

        assertThat(ctx.isDone()).isTrue();
        assertThat(ctx.remaining()).isZero();
        assertThat(done).containsExactly("kept");
    }

    @Test
    void anActionRunsAtOnceWhereTheRequestIsDone() {
        List<String> done = new ArrayList<>();

        TestContext.builder().remaining(Duration.ZERO).build().onDone(() -> done.add("done"));

        assertThat(done).containsExactly("done");
    }
}
