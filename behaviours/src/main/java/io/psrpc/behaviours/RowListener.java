package io.psrpc.behaviours;

import io.psrpc.behaviours.TestOutcome.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Appends how each test with {@link Rows} went to {@code target/rows.tsv} of the module under test, or to the file that the system
 * property {@value #FILE_PROPERTY} names. Where the directory is missing, nothing is written. The platform finds it by itself.
 */
public final class RowListener implements TestExecutionListener {
    static final String FILE_PROPERTY = "psrpc.rows";
    private static final Pattern INDEX_OR_QUOTE = Pattern.compile("^\\[\\d+] |\"");

    private final Path file;
    private @Nullable TestPlan plan;

    /** Writes where the property or the working directory says. */
    public RowListener() {
        this(Path.of(System.getProperty(FILE_PROPERTY, "target/rows.tsv")));
    }

    RowListener(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        record(test, Status.SKIPPED);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        Status status = switch (result.getStatus()) {
            case SUCCESSFUL -> Status.PASSED;
            case FAILED -> Status.FAILED;
            case ABORTED -> Status.SKIPPED;
        };
        // A container that failed has tests that never ran; one that passed says nothing.
        if (test.isTest() || status != Status.PASSED) {
            record(test, status);
        }
    }

    private void record(TestIdentifier test, Status status) {
        Optional<MethodSource> source =
                test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
        source.ifPresent(method -> {
            Set<String> rows = rows(method);
            if (!rows.isEmpty()) {
                append(new TestOutcome(
                        status, List.copyOf(rows), method.getClassName(), method.getMethodName(), display(test)));
            }
        });
    }

    private static Set<String> rows(MethodSource method) {
        Set<String> rows = new TreeSet<>();
        AnnotationSupport.findAnnotation(method.getJavaMethod(), Rows.class)
                .ifPresent(found -> rows.addAll(List.of(found.value())));
        for (Class<?> type = method.getJavaClass(); type != null; type = type.getEnclosingClass()) {
            AnnotationSupport.findAnnotation(type, Rows.class).ifPresent(found -> rows.addAll(List.of(found.value())));
        }
        return rows;
    }

    /** The names of the invocations that the test is inside of, outermost first, without their numbers and quotes. */
    private String display(TestIdentifier test) {
        Deque<String> names = new ArrayDeque<>();
        for (Optional<TestIdentifier> at = Optional.of(test); at.isPresent(); at = parent(at.get())) {
            if (isInvocation(at.get().getUniqueIdObject())) {
                names.addFirst(INDEX_OR_QUOTE.matcher(at.get().getDisplayName()).replaceAll(""));
            }
        }
        return String.join(", ", names);
    }

    private Optional<TestIdentifier> parent(TestIdentifier test) {
        return plan == null ? Optional.empty() : plan.getParent(test);
    }

    private static boolean isInvocation(UniqueId id) {
        String type = id.getLastSegment().getType();
        return type.endsWith("-invocation") || type.startsWith("dynamic-");
    }

    private synchronized void append(TestOutcome outcome) {
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.writeString(file, outcome.line() + '\n', StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
