package io.psrpc.internal.interleaving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Things that happen to one object at the same time, and what must hold whatever their order. */
public interface Race {
    /** Each runs on a thread of its own. */
    List<Runnable> sides();

    /** Runs when all sides have ended; throws where something does not hold. */
    void check();

    /**
     * Runs the sides in every order, one after the other, and then so often
     * at once, on threads that a barrier lets go together.
     */
    static void runTogether(int times, Supplier<Race> races) {
        for (List<Integer> order : orders(races.get().sides().size())) {
            Race race = races.get();
            order.forEach(side -> race.sides().get(side).run());
            race.check();
        }
        for (int i = 0; i < times; i++) {
            together(races.get());
        }
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

    private static void together(Race race) {
        List<Runnable> sides = race.sides();
        CyclicBarrier barrier = new CyclicBarrier(sides.size());
        CompletableFuture<?>[] ended = sides.stream()
                .map(side -> {
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
                })
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(ended).orTimeout(30, TimeUnit.SECONDS).join();
        race.check();
    }

    /** Throws {@code what} with both values unless they are equal. */
    static void expect(String what, Object actual, Object expected) {
        if (!actual.equals(expected)) {
            throw new AssertionError(what + ": " + actual + " (expected: " + expected + ")");
        }
    }
}
