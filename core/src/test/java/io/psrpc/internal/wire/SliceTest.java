package io.psrpc.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SliceTest {
    private static final byte[] FRAME = {9, 1, 2, 3, 9};

    @Test
    void equalBytesAreEqualWhereverTheyLie() {
        Slice slice = new Slice(FRAME, 1, 3);

        assertThat(slice)
                .isEqualTo(Slice.of(new byte[] {1, 2, 3}))
                .hasSameHashCodeAs(Slice.of(new byte[] {1, 2, 3}))
                .isNotEqualTo(new Slice(FRAME, 0, 3))
                .isNotEqualTo(new Slice(FRAME, 1, 2))
                .isNotEqualTo("123");
        assertThat(slice.hashCode()).isEqualTo(Arrays.hashCode(new byte[] {1, 2, 3}));
    }

    @Test
    void noBytesAreEmpty() {
        assertThat(Slice.EMPTY.isEmpty()).isTrue();
        assertThat(new Slice(FRAME, 5, 0).isEmpty()).isTrue();
        assertThat(new Slice(FRAME, 4, 1).isEmpty()).isFalse();
    }

    @Test
    void itTellsItsLengthAlone() {
        assertThat(new Slice(FRAME, 1, 3)).hasToString("Slice[3 bytes]");
    }
}
