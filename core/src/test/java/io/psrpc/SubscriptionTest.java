package io.psrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private final Subscription<String> updates = Subscription.of("a", "b");

    @Test
    void updatesComeInOrderThenTheEnd() {
        assertThat(updates.isClosed()).isFalse();
        assertThat(updates.next()).contains("a");
        assertThat(updates.next(Duration.ofSeconds(1))).contains("b");
        assertThat(updates.next()).isEmpty();
        assertThat(updates.next(Duration.ofSeconds(1))).isEmpty();
        assertThat(updates.isClosed()).isTrue();
        assertThat(updates.dropped()).isZero();
        assertThat(updates.gaps()).isZero();
    }

    @Test
    void thereIsOnePass() {
        assertThat(updates.iterator()).toIterable().containsExactly("a", "b");
        assertThatIllegalStateException().isThrownBy(updates::iterator);
    }

    @Test
    void closingEndsIt() {
        updates.next();
        updates.close();
        updates.close();

        assertThat(updates.next()).isEmpty();
        assertThat(updates.isClosed()).isTrue();
    }

    @Test
    void withoutUpdatesItIsClosedFromTheStart() {
        assertThat(Subscription.of().isClosed()).isTrue();
    }
}
