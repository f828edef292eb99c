package io.psrpc.internal.subscription;

import static io.psrpc.internal.subscription.FakeBus.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.SubscriptionOptions.Overflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LossReportTest {
    private static final String WARNING = "subscription news: its consumer is too slow, updates are lost";

    private final FakeBus bus = new FakeBus();

    @Test
    void anEpisodeOfDropsIsOneWarning() {
        BufferedSubscription<StringValue> updates = bus.open(FakeBus.buffer(1, Overflow.DROP_OLDEST));
        try (Warnings warnings = new Warnings()) {
            for (int i = 0; i < 100; i++) {
                updates.sink().offer(update(i));
                bus.time.advance(Duration.ofSeconds(9));
            }
            assertThat(warnings.logged).containsExactly(WARNING);

            bus.time.advance(Duration.ofSeconds(1));
            updates.sink().offer(update("after a quiet time"));
            assertThat(warnings.logged).containsExactly(WARNING, WARNING);
        }
        assertThat(updates.dropped()).isEqualTo(100);
    }
}
