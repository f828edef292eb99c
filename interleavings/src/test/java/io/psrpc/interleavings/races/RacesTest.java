package io.psrpc.interleavings.races;

import io.psrpc.behaviours.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every race in every order of its sides, and on threads that a barrier lets go together. */
@Rows({"C02", "C24", "C25", "C30", "C42", "N04"})
@Timeout(60)
final class RacesTest {
    private static final int TIMES = 8;
    private static final int DRAWN = 5;

    static Stream<NamedRace> free() {
        return Stream.concat(
                Races.free().stream(), Races.machines().stream().flatMap(machine -> machine.pairs().stream()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("free")
    void holdsInEveryOrderAndAtOnce(NamedRace race) {
        for (List<Integer> order : orders(race.races().get().sides().size())) {
            Race inOrder = race.races().get();
            List<Runnable> sides = inOrder.sides();
            order.forEach(side -> sides.get(side).run());
            check(race, inOrder);
        }
        atOnce(race);
    }

    static Stream<NamedRace> drawn() {
        Random random = new Random(1);
        return Races.machines().stream()
                .flatMap(machine -> IntStream.range(0, DRAWN).mapToObj(i -> machine.drawn(random)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"drawn", "io.psrpc.interleavings.races.Races#waiting"})
    void holdsAtOnce(NamedRace race) {
        atOnce(race);
    }

    private static List<List<Integer>> orders(int sides) {
        if (sides == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> longer = new ArrayList<>();
        for (List<Integer> order : orders(sides - 1)) {
            for (int at = 0; at <= order.size(); at++) {
                List<Integer> next = new ArrayList<>(order);
                next.add(at, sides - 1);
                longer.add(next);
            }
        }
        return longer;
    }

    private static void atOnce(NamedRace race) {
        for (int i = 0; i < TIMES; i++) {
            Race atOnce = race.races().get();
            together(atOnce.sides());
            check(race, atOnce);
        }
    }

    private static void check(NamedRace race, Race ended) {
        try {
            ended.check();
        } catch (Throwable e) {
            throw new AssertionError(race.toString(), e);
        }
    }

    private static void together(List<Runnable> sides) {
        CyclicBarrier barrier = new CyclicBarrier(sides.size());
        CompletableFuture<?>[] ended =
                sides.stream().map(side -> start(barrier, side)).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ended).orTimeout(30, TimeUnit.SECONDS).join();
    }

    private static CompletableFuture<Void> start(CyclicBarrier barrier, Runnable side) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        barrier.await();
                        side.run();
                        end.complete(null);
                    } catch (Throwable e) {
                        end.completeExceptionally(e);
                    }
                })
                .start();
        return end;
    }
}
