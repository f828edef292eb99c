package io.psrpc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class OnePassTest {
    private final Queue<String> source = new ArrayDeque<>(List.of("a", "b"));
    private final OnePass<String> pass = new OnePass<>(() -> Optional.ofNullable(source.poll()));

    @Test
    void takesNothingBeforeItIsAsked() {
        Iterator<String> iterator = pass.iterator();
        assertThat(source).hasSize(2);

        assertThat(iterator.hasNext()).isTrue();
        assertThat(iterator.hasNext()).isTrue();
        assertThat(source).hasSize(1);
    }

    @Test
    void theFirstEmptyAnswerIsTheEnd() {
        Iterator<String> iterator = pass.iterator();
        assertThat(iterator.next()).isEqualTo("a");
        assertThat(iterator.next()).isEqualTo("b");
        assertThat(iterator.hasNext()).isFalse();

        source.add("late");

        assertThat(iterator.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
    }

    @Test
    void aFailureOfTheSourceIsThrownEachTime() {
        Iterator<String> iterator = new OnePass<String>(() -> {
                    throw new IllegalStateException("gone");
                })
                .iterator();

        assertThatIllegalStateException().isThrownBy(iterator::hasNext).withMessage("gone");
        assertThatIllegalStateException().isThrownBy(iterator::next).withMessage("gone");
    }

    @Test
    void thereIsNoSecondPass() {
        Iterator<String> first = pass.iterator();

        assertThat(first).hasNext();
        assertThatIllegalStateException()
                .isThrownBy(pass::iterator)
                .withMessage("iterator: taken already (expected: one pass)");
    }
}
