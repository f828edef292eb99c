package io.psrpc.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.behaviours.Rows;
import io.psrpc.internal.server.RequestMemory.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Rows("C41")
class RequestMemoryTest {
    private static final String CLIENT = "CLI_1";

    private final RequestMemory memory = new RequestMemory(1, 1 << 20);

    @Test
    void anIdIsKeptUntilItExpires() {
        assertThat(keep(memory, "a", 0, 10)).isEqualTo(Outcome.NEW);
        assertThat(keep(memory, "a", 9, 30)).isEqualTo(Outcome.SEEN_BEFORE);
        assertThat(keep(memory, "a", 10, 30)).isEqualTo(Outcome.NEW);
        assertThat(keep(memory, "a", 29, 40)).isEqualTo(Outcome.SEEN_BEFORE);
    }

    @Test
    void lookingDoesNotKeep() {
        assertThat(memory.has(CLIENT, "a", 0, 0)).isFalse();
        assertThat(keep(memory, "a", 0, 10)).isEqualTo(Outcome.NEW);
        assertThat(memory.has(CLIENT, "a", 0, 9)).isTrue();
        assertThat(memory.has(CLIENT, "a", 1, 9)).isFalse();
        assertThat(memory.has(CLIENT, "a", 0, 10)).isFalse();
    }

    @Test
    void clientsAndServersOfABroadcastAreToldApart() {
        assertThat(memory.keep("CLI_1", "a", 1, 0, 10)).isEqualTo(Outcome.NEW);
        assertThat(memory.keep("CLI_2", "a", 1, 0, 10)).isEqualTo(Outcome.NEW);
        assertThat(memory.keep("CLI_1", "a", 2, 0, 10)).isEqualTo(Outcome.NEW);
        assertThat(memory.keep("CLI_1", "a", 1, 0, 10)).isEqualTo(Outcome.SEEN_BEFORE);
    }

    /** Against a map that never forgets: ids that come back before and after their expiry, lifetimes from short to long. */
    @ParameterizedTest(name = "lifetimes up to {0}")
    @ValueSource(ints = {10, 1_000, 100_000})
    void nothingIsForgottenTooEarlyOrKeptTooLong(int longest) {
        Random random = new Random(longest);
        Map<String, Long> expiries = new HashMap<>();
        for (long now = 0; now < 300_000; now++) {
            String id = Integer.toString(random.nextInt(50_000));
            long expiry = now + 1 + random.nextInt(longest);
            boolean isLive = expiries.getOrDefault(id, 0L) > now;

            assertThat(memory.has(CLIENT, id, 0, now)).isEqualTo(isLive);
            assertThat(keep(memory, id, now, expiry)).isEqualTo(isLive ? Outcome.SEEN_BEFORE : Outcome.NEW);

            if (!isLive) {
                expiries.put(id, expiry);
            }
        }
    }

    @Test
    void whatFindsNoRoomIsSaidToBeNotKeptAndWhatIsThereStays() {
        RequestMemory small = new RequestMemory(1, 160);
        long kept = IntStream.range(0, 1_000)
                .filter(i -> keep(small, "id " + i, 0, 10) == Outcome.NEW)
                .count();

        assertThat(kept).isEqualTo(160);
        assertThat(IntStream.range(0, 1_000).filter(i -> keep(small, "id " + i, 9, 20) == Outcome.SEEN_BEFORE))
                .hasSize(160);
    }

    @Test
    void roomComesBackWhenWhatFilledItHasExpired() {
        RequestMemory small = new RequestMemory(1, 16 * 1_000);
        for (int i = 0; i < 100_000; i++) {
            keep(small, "early " + i, 0, 10);
        }

        long lost = IntStream.range(0, 8_000)
                .filter(i -> keep(small, "late " + i, 10, 20) == Outcome.NOT_KEPT)
                .count();

        assertThat(lost).isZero();
    }

    private static Outcome keep(RequestMemory memory, String id, long now, long expiry) {
        return memory.keep(CLIENT, id, 0, now, expiry);
    }
}
