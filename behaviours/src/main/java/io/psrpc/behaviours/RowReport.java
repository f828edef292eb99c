package io.psrpc.behaviours;

import io.psrpc.behaviours.TestOutcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which row of the table is covered by which tests. Run with the project's directory as its argument, after the tests; whoever
 * wants no outcome of earlier runs in it deletes the {@code target/rows.tsv} files before them.
 */
public final class RowReport {
    private static final List<String> PLACES =
            List.of("local", "redis-like", "nats-like", "redis", "nats", "blocking", "async");

    private final RowTable table;
    private final Collection<TestOutcome> outcomes;
    private final List<String> faults = new ArrayList<>();

    RowReport(RowTable table, List<TestOutcome> outcomes) {
        this.table = table;
        Map<String, TestOutcome> last = new LinkedHashMap<>();
        outcomes.forEach(outcome -> last.put(outcome.id(), outcome));
        this.outcomes = last.values();
    }

    /** Prints the report and ends with 1 when a row is not covered, and none of the accepted reasons explains it. */
    public static void main(String[] args) throws IOException {
        RowReport report = read(Path.of(args.length == 0 ? "." : args[0]));
        report.lines().forEach(System.out::println);
        report.faults().forEach(System.err::println);
        System.exit(report.faults().isEmpty() ? 0 : 1);
    }

    static RowReport read(Path project) throws IOException {
        Path docs = project.resolve("docs");
        RowTable table = RowTable.parse(
                Files.readAllLines(docs.resolve("behaviours.md")),
                Files.readAllLines(docs.resolve("behaviours-pending.txt")));
        List<TestOutcome> outcomes = new ArrayList<>();
        for (Path file : outcomeFiles(project)) {
            Files.readAllLines(file).stream().map(TestOutcome::parse).forEach(outcomes::add);
        }
        return new RowReport(table, outcomes);
    }

    private static List<Path> outcomeFiles(Path project) throws IOException {
        Path name = Path.of("target", "rows.tsv");
        try (Stream<Path> files =
                Files.find(project, 4, (path, attributes) -> path.endsWith(name) && attributes.isRegularFile())) {
            return files.sorted().toList();
        }
    }

    /** One line per row: its id, how many tests passed, where, and which. */
    List<String> lines() {
        return table.ids().stream().map(this::line).toList();
    }

    private String line(String id) {
        List<TestOutcome> passed = with(id, Status.PASSED);
        if (passed.isEmpty()) {
            return id + (table.pending().contains(id) ? "  pending" : "  NOT COVERED");
        }
        return "%s  %d %s %s".formatted(id, passed.size(), places(passed), classes(passed));
    }

    /** Each class once, with the number of its methods where there are several. */
    private static String classes(List<TestOutcome> passed) {
        Map<String, Set<String>> methods = new TreeMap<>();
        for (TestOutcome outcome : passed) {
            methods.computeIfAbsent(outcome.shortClass(), key -> new TreeSet<>())
                    .add(outcome.method());
        }
        return methods.entrySet().stream()
                .map(entry -> entry.getKey()
                        + (entry.getValue().size() == 1
                                ? "." + entry.getValue().iterator().next()
                                : " (" + entry.getValue().size() + ")"))
                .collect(Collectors.joining(", "));
    }

    private static List<String> places(List<TestOutcome> passed) {
        Set<String> words = passed.stream()
                .flatMap(outcome -> Stream.of(outcome.display().split("[^\\w-]+")))
                .collect(Collectors.toSet());
        return PLACES.stream().filter(words::contains).toList();
    }

    private List<TestOutcome> with(String id, Status status) {
        return outcomes.stream()
                .filter(outcome -> outcome.status() == status && outcome.rows().contains(id))
                .toList();
    }

    /** What is wrong; empty when every row is covered or pending. */
    List<String> faults() {
        faults.clear();
        for (String id : table.ids()) {
            boolean isPassed = !with(id, Status.PASSED).isEmpty();
            boolean isPending = table.pending().contains(id);
            if (!isPassed && !isPending) {
                faults.add(id + ": no passed test (expected: at least one)");
            } else if (isPassed && isPending) {
                faults.add(id + ": pending, but has a passed test (expected: taken off the list)");
            }
        }
        for (TestOutcome outcome : outcomes) {
            outcome.rows().stream()
                    .filter(id -> !table.ids().contains(id))
                    .forEach(id -> faults.add(outcome.shortName() + ": row " + id + " (expected: one of the table)"));
            if (outcome.status() != Status.PASSED) {
                faults.add(outcome.id() + ": " + outcome.status() + " (expected: PASSED)");
            }
        }
        return faults;
    }
}
