package io.psrpc.internal.client;

import io.psrpc.behaviours.Rows;
import io.psrpc.internal.client.UnaryCallRace.Event;
import io.psrpc.internal.interleaving.Race;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever two or three things happen to a call, in every order and at once, it ends once, grants at most once, and leaves neither entry nor timer. */
@Rows({"C24", "C25", "C42"})
final class UnaryCallInterleavingTest {
    private static final int TIMES = 50;

    static Stream<Arguments> pairs() {
        List<Event> events = List.of(Event.values());
        return Stream.of(false, true)
                .flatMap(isGranted -> events.stream()
                        .flatMap(a -> events.stream()
                                .filter(b -> a.compareTo(b) < 0)
                                .map(b -> Arguments.of(isGranted, a, b))));
    }

    @ParameterizedTest(name = "granted: {0}, {1} and {2}")
    @MethodSource("pairs")
    void twoEventsAtOnceEndTheCallOnce(boolean isGranted, Event a, Event b) {
        Race.runTogether(TIMES, () -> new UnaryCallRace(isGranted, List.of(a, b)));
    }

    @Test
    void bidTimerAndCancelAtOnceEndTheCallOnce() {
        Race.runTogether(
                TIMES, () -> new UnaryCallRace(false, List.of(Event.BID, Event.SELECTION_TIMER, Event.CANCEL)));
    }

    @Test
    void bidCountAndResponseAtOnceEndTheCallOnce() {
        Race.runTogether(TIMES, () -> new UnaryCallRace(false, List.of(Event.BID, Event.COUNTED_ONE, Event.RESPONSE)));
    }

    @Test
    void responseDeadlineAndCloseAtOnceEndTheCallOnce() {
        Race.runTogether(
                TIMES, () -> new UnaryCallRace(true, List.of(Event.RESPONSE, Event.DEADLINE, Event.CLIENT_CLOSED)));
    }
}
