package io.psrpc.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the benchmark runs, as its arguments say. */
final class Settings {
    static final String USAGE = """
            --quick              a look: 300 ms of warm-up and 900 ms measured per cell
            --warm-up=MILLIS     before each cell is measured: 1500
            --time=MILLIS        for which each cell is measured: 4000
            --in-flight=N,N...   1,64,256
            --executors=NAMES    default,direct
            --callers=NAMES      blocking,virtual,async
            --grpc-deadlines     grpc-java's calls have a deadline of 3 s, as ours always have
            --only=TEXT          contenders whose name contains it: queue, single, grpc
            --json=FILE          writes the results there too""";

    private long warmUpMillis = 1500;
    private long millis = 4000;
    private List<Integer> inFlight = List.of(1, 64, 256);
    private List<Executors> executors = List.of(Executors.values());
    private List<Callers> callers = List.of(Callers.values());
    private boolean hasGrpcDeadlines;
    private String only = "";
    private @Nullable Path json;

    /** @throws IllegalArgumentException for an argument that is none of {@link #USAGE} */
    Settings(String... arguments) {
        for (String argument : arguments) {
            int at = argument.indexOf('=');
            if (at < 0) {
                set(argument, "");
            } else {
                set(argument.substring(0, at), argument.substring(at + 1));
            }
        }
    }

    private void set(String name, String value) {
        switch (name) {
            case "--quick" -> {
                warmUpMillis = 300;
                millis = 900;
            }
            case "--warm-up" -> warmUpMillis = Long.parseLong(value);
            case "--time" -> millis = Long.parseLong(value);
            case "--in-flight" -> inFlight = parts(value, Integer::valueOf);
            case "--executors" -> executors = parts(value, part -> Executors.valueOf(part.toUpperCase(Locale.ROOT)));
            case "--callers" -> callers = parts(value, part -> Callers.valueOf(part.toUpperCase(Locale.ROOT)));
            case "--grpc-deadlines" -> hasGrpcDeadlines = true;
            case "--only" -> only = value;
            case "--json" -> json = Path.of(value);
            default -> throw new IllegalArgumentException(name + " (expected: one of these)\n" + USAGE);
        }
    }

    private static <T> List<T> parts(String value, Function<String, T> parser) {
        return Arrays.stream(value.split(",")).map(parser).toList();
    }

    /** Before each cell is measured; all cells of one load run as long once before the first is. */
    long warmUpMillis() {
        return warmUpMillis;
    }

    /** How long each cell is measured. */
    long millis() {
        return millis;
    }

    List<Integer> inFlight() {
        return inFlight;
    }

    List<Executors> executors() {
        return executors;
    }

    /** Those that this runtime has. */
    List<Callers> callers() {
        return callers.stream().filter(Callers::areSupported).toList();
    }

    /** Whether grpc-java's calls have deadlines. */
    boolean hasGrpcDeadlines() {
        return hasGrpcDeadlines;
    }

    /** What the names of contenders must contain. */
    String only() {
        return only;
    }

    /** Where results go besides the table; null: nowhere. */
    @Nullable
    Path json() {
        return json;
    }
}
