package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTest {
    @Test
    void copiesItsParts() {
        List<String> parts = new ArrayList<>(List.of("eu", "r7"));
        Topic topic = new Topic(parts);
        parts.clear();

        assertThat(topic).isEqualTo(Topic.of("eu", "r7")).hasToString("[eu, r7]");
        assertThat(topic.part(1)).isEqualTo("r7");
        assertThat(topic.parts()).isUnmodifiable();
    }

    @Test
    void noPartsAreNone() {
        assertThat(Topic.of()).isSameAs(Topic.NONE).isEqualTo(new Topic(List.of()));
    }

    @Test
    void keepsEmptyPartsAndCharactersBeyondTheBasicPlane() {
        assertThat(Topic.of("", "🛰", "软件").parts()).containsExactly("", "🛰", "软件");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void refusesNullByItsName() {
        assertThatNullPointerException().isThrownBy(() -> new Topic(null)).withMessage("parts");
        assertThatNullPointerException()
                .isThrownBy(() -> new Topic(Arrays.asList("eu", null)))
                .withMessage("parts[1]");
    }

    @ParameterizedTest
    @CsvSource({"0, d800, 0", "1, dfff, 0", "2, d83d, 2", "3, d83d, 0"})
    void refusesALoneSurrogate(int example, String half, int index) {
        String part = List.of("\ud800", "\udfff", "ab\ud83d", "\ud83dx").get(example);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topic.of("eu", part))
                .withMessage("parts[1]: \\u%s at index %d (expected: no lone surrogate)", half, index);
    }

    @ParameterizedTest
    @CsvSource({"-1", "2"})
    void saysWhichPartsThereAre(int index) {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Topic.of("eu", "r7").part(index))
                .withMessage("index: %d (expected: that of a part of [eu, r7])", index);
    }
}
