package io.psrpc.behaviours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReportTest {
    private static final List<String> TABLE =
            List.of("| id | x |", "| C01 | one |", "| C02 | two |", "| C03 | three |");

    @TempDir
    Path project;

    @Test
    void coveredRowsShowTheirTestsAndBuses() {
        RowReport report = report(
                List.of("C03 later"),
                "PASSED\tC01,C02\tio.psrpc.CallTest\tanswers\tredis-like, async",
                "PASSED\tC01\tio.psrpc.CallTest\tanswers\tlocal, blocking",
                "PASSED\tC02\tio.psrpc.CallTest\tfails\tlocal, async");

        assertThat(report.faults()).isEmpty();
        assertThat(report.lines())
                .containsExactly(
                        "C01  2 [local, redis-like, blocking, async] CallTest.answers",
                        "C02  2 [local, redis-like, async] CallTest (2)",
                        "C03  pending");
    }

    @Test
    void rowsWithoutAPassedTestAreFaults() {
        RowReport report = report(List.of("C02", "C03"), "SKIPPED\tC01\tio.psrpc.CallTest\tanswers\t");

        assertThat(report.faults())
                .containsExactly(
                        "C01: no passed test (expected: at least one)",
                        "io.psrpc.CallTest#answers[]: SKIPPED (expected: PASSED)");
        assertThat(report.lines()).first().isEqualTo("C01  NOT COVERED");
    }

    @Test
    void pendingRowsWithAPassedTestAreFaults() {
        RowReport report = report(List.of("C01", "C02", "C03"), "PASSED\tC01\tio.psrpc.CallTest\tanswers\t");

        assertThat(report.faults())
                .containsExactly("C01: pending, but has a passed test (expected: taken off the list)");
    }

    @Test
    void theLastOutcomeOfATestCounts() {
        RowReport report = report(
                List.of("C02", "C03"),
                "FAILED\tC01\tio.psrpc.CallTest\tanswers\tlocal",
                "PASSED\tC01\tio.psrpc.CallTest\tanswers\tlocal");

        assertThat(report.faults()).isEmpty();
    }

    @Test
    void unknownRowsAreFaults() {
        RowReport report = report(List.of("C01", "C02", "C03"), "PASSED\tC99\tio.psrpc.CallTest\tanswers\t");

        assertThat(report.faults()).containsExactly("CallTest.answers: row C99 (expected: one of the table)");
        assertThatThrownBy(() -> report(List.of("C98"))).hasMessage("pending row: C98 (expected: a row of the table)");
    }

    @Test
    void readsTheProject() throws IOException {
        Files.createDirectories(project.resolve("docs"));
        Files.createDirectories(project.resolve("examples/quickstart/target"));
        Files.write(project.resolve("docs/behaviours.md"), TABLE);
        Files.write(project.resolve("docs/behaviours-pending.txt"), List.of("# nothing but", "", "C02  this", "C03"));
        Files.writeString(
                project.resolve("examples/quickstart/target/rows.tsv"), "PASSED\tC01\tio.psrpc.CallTest\tanswers\t\n");

        assertThat(RowReport.read(project).faults()).isEmpty();
    }

    private static RowReport report(List<String> pending, String... lines) {
        return new RowReport(
                RowTable.parse(TABLE, pending),
                List.of(lines).stream().map(TestOutcome::parse).toList());
    }
}
