package io.psrpc.internal.races;

import com.google.protobuf.StringValue;
import io.psrpc.behaviours.Rows;
import io.psrpc.internal.wire.MalformedFrameException;
import io.psrpc.stub.MethodDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of events, at the same time, over and over. */
class RacesTest {
    private static final int ROUNDS = 100;

    @ParameterizedTest(name = "{1} against {2} of {0}")
    @MethodSource("calls")
    @Rows({"C24", "C25", "N04"})
    void callEndsOnceWhateverHappensTogether(
            MethodDefinition<StringValue, StringValue> method, CallRace.Event one, CallRace.Event other) {
        for (int round = 0; round < ROUNDS; round++) {
            CallRace race = new CallRace(method);
            Race.together(() -> race.happen(one), () -> race.happen(other));
            race.check();
        }
    }

    static Stream<Arguments> calls() {
        return Stream.of(Race.QUEUE, Race.AFFINITY)
                .flatMap(method -> pairs(CallRace.Event.values()).stream()
                        .map(pair -> Arguments.of(method, pair.get(0), pair.get(1))));
    }

    @ParameterizedTest(name = "{0} against {1}")
    @MethodSource("multiCalls")
    @Rows("C02")
    void multiCallHearsEachServerOnceWhateverHappensTogether(MultiCallRace.Event one, MultiCallRace.Event other) {
        for (int round = 0; round < ROUNDS; round++) {
            MultiCallRace race = multiCallRace();
            Race.together(() -> race.happen(one), () -> race.happen(other));
            race.check();
        }
    }

    private static MultiCallRace multiCallRace() {
        try {
            return new MultiCallRace();
        } catch (MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> multiCalls() {
        return pairs(MultiCallRace.Event.values()).stream().map(pair -> Arguments.of(pair.get(0), pair.get(1)));
    }

    @ParameterizedTest(name = "{1} against {2} of {0}")
    @MethodSource("claims")
    @Rows({"C30", "N04"})
    void claimRunsOrLeavesOnceWhateverHappensTogether(
            MethodDefinition<StringValue, StringValue> method, ClaimRace.Event one, ClaimRace.Event other) {
        boolean isGranted = one == ClaimRace.Event.GRANTED || other == ClaimRace.Event.GRANTED;
        for (int round = 0; round < ROUNDS; round++) {
            ClaimRace race = new ClaimRace(method);
            Race.together(() -> race.happen(one), () -> race.happen(other));
            race.check(isGranted);
        }
    }

    static Stream<Arguments> claims() {
        return Stream.of(Race.QUEUE, Race.AFFINITY)
                .flatMap(method -> pairs(ClaimRace.Event.values()).stream()
                        .map(pair -> Arguments.of(method, pair.get(0), pair.get(1))));
    }

    /** Every event against every other, and against itself. */
    private static <E> List<List<E>> pairs(E[] events) {
        List<List<E>> pairs = new ArrayList<>();
        for (int i = 0; i < events.length; i++) {
            for (int j = i; j < events.length; j++) {
                pairs.add(List.of(events[i], events[j]));
            }
        }
        return pairs;
    }
}
