package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallOptionsTest {
    private static final int BOUND = 64 << 10;

    private final RequestContext ctx = new FixedContext(Duration.ofSeconds(1));

    @Test
    void nothingIsSetAtFirst() {
        CallOptions options = CallOptions.DEFAULT;

        assertThat(options.timeout()).isEmpty();
        assertThat(options.deadlineOf()).isEmpty();
        assertThat(options.metadata()).isEmpty();
        assertThat(options.selection()).isSameAs(Selection.DEFAULT);
        assertThat(options.expectedResponses()).isEmpty();
        assertThat(options.earlyEnd()).isTrue();
        assertThat(options.waitForServer()).isFalse();
        assertThat(options.interceptors()).isEmpty();
    }

    @Test
    void eachSettingLeavesTheOthersAndTheOriginalAsTheyAre() {
        Selection selection = Selection.DEFAULT.withAcceptFirst(true);
        ClientInterceptor outer = (call, next) -> next.proceed(call);
        ClientInterceptor inner = (call, next) -> next.proceed(call);

        CallOptions options = CallOptions.DEFAULT
                .withInterceptor(outer)
                .withTimeout(Duration.ofMillis(5))
                .withDeadlineOf(ctx)
                .withMetadata("tenant", "t1")
                .withSelection(selection)
                .withExpectedResponses(3)
                .withEarlyEnd(false)
                .withWaitForServer(true)
                .withInterceptor(inner);

        assertThat(options.timeout()).contains(Duration.ofMillis(5));
        assertThat(options.deadlineOf()).containsSame(ctx);
        assertThat(options.metadata()).containsExactly(entry("tenant", "t1"));
        assertThat(options.selection()).isSameAs(selection);
        assertThat(options.expectedResponses()).hasValue(3);
        assertThat(options.earlyEnd()).isFalse();
        assertThat(options.waitForServer()).isTrue();
        assertThat(options.interceptors()).containsExactly(outer, inner);
        assertThat(CallOptions.DEFAULT.interceptors()).isEmpty();
        assertThat(CallOptions.DEFAULT.timeout()).isEmpty();
    }

    @Test
    void oneOptionHasAShortForm() {
        Selection selection = Selection.DEFAULT.withEarlyEnd(false);

        assertThat(CallOptions.timeout(Duration.ofSeconds(2)).timeout()).contains(Duration.ofSeconds(2));
        assertThat(CallOptions.within(ctx).deadlineOf()).containsSame(ctx);
        assertThat(CallOptions.selecting(selection).selection()).isSameAs(selection);
    }

    @Test
    void metadataIsMergedAndCopied() {
        Map<String, String> entries = new HashMap<>(Map.of("a", "2", "b", "3"));
        CallOptions options = CallOptions.DEFAULT.withMetadata("a", "1").withMetadata(entries);
        entries.put("c", "4");

        assertThat(options.metadata())
                .containsOnly(entry("a", "2"), entry("b", "3"))
                .isUnmodifiable();
    }

    @Test
    void metadataIsBoundedInUtf8() {
        CallOptions full = CallOptions.DEFAULT.withMetadata("k", "é".repeat(BOUND / 2 - 1) + "x");
        assertThat(full.withMetadata("k", "🛰".repeat(BOUND / 4 - 1) + "软").metadata())
                .hasSize(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> full.withMetadata("x", ""))
                .withMessage("metadata: 65537 bytes (expected: <= 65536)");
    }

    @Test
    void refusesMetadataThatTheWireCannotCarry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.DEFAULT.withMetadata("k", "\ud800"))
                .withMessage("metadata value: \\ud800 at index 0 (expected: no lone surrogate)");
        assertThatIllegalArgumentException().isThrownBy(() -> CallOptions.DEFAULT.withMetadata("\ud800", "v"));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.timeout(Duration.ofSeconds(-1)))
                .withMessage("timeout: -1s (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.timeout(Duration.ZERO))
                .withMessage("timeout: 0s (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallOptions.DEFAULT.withExpectedResponses(0))
                .withMessage("expectedResponses: 0 (expected: > 0)");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void refusesNullByItsName() {
        CallOptions none = CallOptions.DEFAULT;
        Map<String, String> holed = new HashMap<>();
        holed.put("k", null);

        assertNull("timeout", () -> none.withTimeout(null));
        assertNull("ctx", () -> none.withDeadlineOf(null));
        assertNull("key", () -> none.withMetadata(null, "v"));
        assertNull("value", () -> none.withMetadata("k", null));
        assertNull("value", () -> none.withMetadata(holed));
        assertNull("entries", () -> none.withMetadata(null));
        assertNull("selection", () -> none.withSelection(null));
        assertNull("interceptor", () -> none.withInterceptor(null));
    }

    @Test
    void aTimeoutThatOverflowsNanosecondsIsTheLongest() {
        CallOptions options = CallOptions.timeout(Duration.ofSeconds(Long.MAX_VALUE));

        assertThat(options.timeout().orElseThrow().toNanos()).isEqualTo(Long.MAX_VALUE);
    }

    private static void assertNull(String name, Runnable misuse) {
        assertThatNullPointerException().isThrownBy(misuse::run).withMessage(name);
    }
}
