package io.psrpc.interleavings;

import io.psrpc.interleavings.races.NamedRace;
import io.psrpc.interleavings.races.Races;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs all races, over and over, each run in another interleaving, until the time is up; then tells what was seen. Ends with 1 when
 * something did not hold, and with 2 when it does not even find faults that are there.
 */
public final class Explorer {
    private static final int CONTROL_RUNS = 300;
    private static final int DRAWN_PER_MACHINE = 40;
    /** Races that are not one of many like them come by so much more often. */
    private static final int SHARE_OF_SINGLE_RACES = 10;

    private static final long SHUFFLE_SEED = 1;

    private final Stage stage;
    private final List<Exploration> explorations = new ArrayList<>();
    /** In the order of their turns. Whatever the time suffices for is a sample of all. */
    private final List<Exploration> turns = new ArrayList<>();

    private Explorer(Stage stage, String words) {
        this.stage = stage;
        add(1, words, ofMachines(new Random(SHUFFLE_SEED)));
        add(SHARE_OF_SINGLE_RACES, words, Stream.concat(Races.free().stream(), Races.waiting().stream()));
        Collections.shuffle(turns, new Random(SHUFFLE_SEED));
    }

    private void add(int share, String words, Stream<NamedRace> races) {
        races.filter(race -> race.toString().contains(words)).forEach(race -> {
            Exploration exploration = new Exploration(race, stage);
            explorations.add(exploration);
            turns.addAll(Collections.nCopies(share, exploration));
        });
    }

    /** Arguments: for how long, such as {@code PT25S}; words that a race's name must contain, if not all are meant. */
    public static void main(String[] arguments) throws Exception {
        Duration budget = Duration.parse(arguments[0]);
        String words = arguments.length > 1 ? arguments[1] : "";
        Explorer explorer = new Explorer(new Stage(Files.createTempDirectory("interleavings")), words);
        int end = explorer.isBlind() ? 2 : explorer.explore(budget);
        System.out.flush();
        // Threads that a fault has left behind do not end.
        Runtime.getRuntime().halt(end);
    }

    private static Stream<NamedRace> ofMachines(Random random) {
        return Races.machines().stream()
                .flatMap(machine -> Stream.concat(
                        machine.pairs().stream(),
                        Stream.generate(() -> machine.drawn(random)).limit(DRAWN_PER_MACHINE)));
    }

    private boolean isBlind() throws InterruptedException {
        boolean isBlind = false;
        for (NamedRace control : Controls.all()) {
            Exploration exploration = new Exploration(control, stage);
            for (int i = 0; i < CONTROL_RUNS && exploration.finding() == null; i++) {
                exploration.goOn();
            }
            if (exploration.finding() == null) {
                System.out.println(control + ": not found in " + exploration.runs() + " runs (expected: found)");
                isBlind = true;
            }
        }
        return isBlind;
    }

    private int explore(Duration budget) throws InterruptedException {
        if (turns.isEmpty()) {
            System.out.println("no race's name contains that (expected: one of "
                    + Races.machines().stream().map(machine -> machine.name()).toList() + ", or others)");
            return 2;
        }
        long start = System.nanoTime();
        int runs = 0;
        int found = 0;
        for (int next = 0; System.nanoTime() - start < budget.toNanos(); next++) {
            Exploration exploration = turns.get(next % turns.size());
            if (exploration.finding() == null) {
                exploration.goOn();
                runs++;
                found += tell(exploration.finding(), runs, System.nanoTime() - start);
            }
        }
        report();
        return found == 0 ? 0 : 1;
    }

    private static int tell(@Nullable Finding finding, int runs, long nanos) {
        if (finding == null) {
            return 0;
        }
        System.out.println("After " + runs + " runs and " + nanos / 1_000_000 + " ms: " + finding + "\n");
        return 1;
    }

    private void report() {
        Map<String, List<Exploration>> machines = new LinkedHashMap<>();
        for (Exploration exploration : explorations) {
            machines.computeIfAbsent(exploration.machine(), key -> new ArrayList<>())
                    .add(exploration);
        }
        System.out.printf("%-34s %6s %9s %14s %8s%n", "machine", "races", "runs", "interleavings", "found");
        machines.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> line(entry.getKey(), entry.getValue()));
        line("all", explorations);
    }

    private static void line(String name, List<Exploration> of) {
        int runs = of.stream().mapToInt(Exploration::runs).sum();
        int interleavings = of.stream().mapToInt(Exploration::interleavings).sum();
        long found =
                of.stream().map(Exploration::finding).filter(Objects::nonNull).count();
        System.out.printf("%-34s %6d %9d %14d %8d%n", name, of.size(), runs, interleavings, found);
    }
}
