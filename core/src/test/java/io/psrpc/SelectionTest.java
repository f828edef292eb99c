package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static final Duration LONG = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Selection.ServerSelector first = bids -> bids.get(0);
    private final Selection all = Selection.DEFAULT
            .withMinimumAffinity(0.1f)
            .withMaximumAffinity(0.9f)
            .withAcceptFirst(false)
            .withTimeout(LONG)
            .withShortCircuit(SHORT)
            .withEarlyEnd(false)
            .withSelector(first);

    @Test
    void nothingIsSetAtFirst() {
        Selection selection = Selection.DEFAULT;

        assertThat(selection.minimumAffinity()).isEmpty();
        assertThat(selection.maximumAffinity()).isEmpty();
        assertThat(selection.acceptFirst()).isEmpty();
        assertThat(selection.timeout()).isEmpty();
        assertThat(selection.shortCircuit()).isEmpty();
        assertThat(selection.earlyEnd()).isEmpty();
        assertThat(selection.selector()).isEmpty();
    }

    @Test
    void eachPartLeavesTheOthersAsTheyAre() {
        assertIsAll(all);
    }

    @Test
    void unsetPartsComeFromTheFallback() {
        assertIsAll(Selection.DEFAULT.orElse(all));
        assertIsAll(all.orElse(Selection.DEFAULT));

        Selection mixed =
                Selection.DEFAULT.withMinimumAffinity(0.5f).withEarlyEnd(true).orElse(all);

        assertThat(mixed.minimumAffinity()).contains(0.5f);
        assertThat(mixed.earlyEnd()).contains(true);
        assertThat(mixed.maximumAffinity()).contains(0.9f);
        assertThat(mixed.shortCircuit()).contains(SHORT);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.DEFAULT.withMinimumAffinity(Float.NaN))
                .withMessage("minimumAffinity: NaN (expected: a number)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.DEFAULT.withMaximumAffinity(Float.NaN))
                .withMessage("maximumAffinity: NaN (expected: a number)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.DEFAULT.withTimeout(Duration.ZERO))
                .withMessage("timeout: 0s (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Selection.DEFAULT.withShortCircuit(Duration.ofMillis(-1500)))
                .withMessage("shortCircuit: -1.5s (expected: > 0)");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void refusesNullByItsName() {
        assertThatNullPointerException()
                .isThrownBy(() -> Selection.DEFAULT.withSelector(null))
                .withMessage("selector");
        assertThatNullPointerException()
                .isThrownBy(() -> new Selection.Bid(null, 1))
                .withMessage("serverId");
    }

    private void assertIsAll(Selection selection) {
        assertThat(selection.minimumAffinity()).contains(0.1f);
        assertThat(selection.maximumAffinity()).contains(0.9f);
        assertThat(selection.acceptFirst()).contains(false);
        assertThat(selection.timeout()).contains(LONG);
        assertThat(selection.shortCircuit()).contains(SHORT);
        assertThat(selection.earlyEnd()).contains(false);
        assertThat(selection.selector()).containsSame(first);
    }
}
