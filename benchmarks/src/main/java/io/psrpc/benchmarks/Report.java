package io.psrpc.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results, as a table that grows and as JSON. */
final class Report {
    private static final String LINE = "%-9s %-9s %9s  %-14s %12s %9s %9s %9s  %s%n";

    private final Map<String, String> conditions;
    private final List<Result> results = new ArrayList<>();
    private final PrintStream out;

    Report(Settings settings, PrintStream out) {
        this.conditions = conditions(settings);
        this.out = out;
    }

    private static Map<String, String> conditions(Settings settings) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("java", Runtime.version() + " " + System.getProperty("java.vm.name"));
        conditions.put("options", String.join(" ", runtime.getInputArguments()));
        conditions.put(
                "collector",
                String.join(
                        ", ",
                        ManagementFactory.getGarbageCollectorMXBeans().stream()
                                .map(GarbageCollectorMXBean::getName)
                                .toList()));
        conditions.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        conditions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        conditions.put(
                "time",
                settings.warmUpMillis() + " ms of warm-up, " + settings.millis() + " ms measured per cell; one JVM");
        conditions.put(
                "load",
                "closed loop (latencies are those of the calls made, not of arrivals at a steady rate), 100-byte payload"
                        + " there and back, the same message each time");
        conditions.put("psrpc", "in-process bus, generated clients, a deadline of 3 s per call, messages serialised");
        conditions.put(
                "grpc",
                "in-process transport, generated stubs (blocking; async for async callers), "
                        + (settings.hasGrpcDeadlines() ? "a deadline of 3 s per call" : "no deadline")
                        + ", messages handed over as they are");
        return conditions;
    }

    void begin() {
        conditions.forEach((name, value) -> out.printf("%-10s %s%n", name, value));
        out.println();
        out.printf(
                LINE,
                "executor",
                "caller",
                "in flight",
                "contender",
                "calls/s",
                "p50 us",
                "p99 us",
                "B/call",
                "calls/s of grpc");
    }

    void add(List<Result> beside) {
        for (Result result : beside) {
            Cell cell = result.cell();
            out.printf(
                    Locale.ROOT,
                    LINE,
                    cell.executors().label(),
                    cell.callers().label(),
                    cell.inFlight(),
                    cell.contender(),
                    String.format(Locale.ROOT, "%,.0f", result.callsPerSecond()),
                    String.format(Locale.ROOT, "%.1f", result.p50Micros()),
                    String.format(Locale.ROOT, "%.1f", result.p99Micros()),
                    String.format(Locale.ROOT, "%.0f", result.bytesPerCall()),
                    ofGrpc(result, beside));
        }
        results.addAll(beside);
    }

    @SuppressWarnings("ReferenceEquality") // two results with equal figures are still two
    private static String ofGrpc(Result result, List<Result> beside) {
        return beside.stream()
                .filter(other -> other != result && other.cell().contender().startsWith("grpc"))
                .findFirst()
                .map(grpc -> String.format(Locale.ROOT, "x %.2f", result.callsPerSecond() / grpc.callsPerSecond()))
                .orElse("");
    }

    void writeJson(Path file) throws IOException {
        StringBuilder json = new StringBuilder("{\n");
        conditions.forEach((name, value) -> json.append("  ")
                .append(quoted(name))
                .append(": ")
                .append(quoted(value))
                .append(",\n"));
        json.append("  \"cells\": [");
        String separator = "\n";
        for (Result result : results) {
            json.append(separator).append("    ").append(json(result));
            separator = ",\n";
        }
        Files.writeString(file, json.append("\n  ]\n}\n"));
    }

    private static String json(Result result) {
        Cell cell = result.cell();
        return String.format(
                Locale.ROOT,
                "{\"executor\": %s, \"caller\": %s, \"inFlight\": %d, \"contender\": %s, \"calls\": %d, \"callsPerSecond\":"
                        + " %.1f, \"p50Micros\": %.1f, \"p99Micros\": %.1f, \"bytesPerCall\": %.1f}",
                quoted(cell.executors().label()),
                quoted(cell.callers().label()),
                cell.inFlight(),
                quoted(cell.contender()),
                result.calls(),
                result.callsPerSecond(),
                result.p50Micros(),
                result.p99Micros(),
                result.bytesPerCall());
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
