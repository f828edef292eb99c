package io.psrpc.behaviours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class RowListenerTest {
    @TempDir
    Path directory;

    @Test
    void writesRowsClassMethodAndStatus() throws IOException {
        assertThat(outcomesOf(Plain.class))
                .extracting(outcome -> outcome.status() + " " + outcome.rows() + " " + outcome.method())
                .containsExactlyInAnyOrder(
                        "PASSED [B01, C01] passes", "FAILED [B01, C02, C03] fails", "SKIPPED [B01, C04] isNotForHere");
    }

    @Test
    void namesTheInvocationOfAParameterisedTest() throws IOException {
        assertThat(outcomesOf(Parameterised.class))
                .extracting(TestOutcome::display)
                .containsExactly("redis-like, async", "nats-like, blocking");
    }

    @Test
    void namesTheInvocationOfAParameterisedClass() throws IOException {
        assertThat(outcomesOf(OverBuses.class))
                .extracting(TestOutcome::display)
                .containsExactly("redis-like, async", "nats-like, blocking");
    }

    @Test
    void testsWithoutRowsAreLeftOut() throws IOException {
        assertThat(outcomesOf(WithoutRows.class)).isEmpty();
    }

    private List<TestOutcome> outcomesOf(Class<?> tests) throws IOException {
        Path file = directory.resolve("rows.tsv");
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new RowListener(file))
                .build();
        LauncherFactory.create(config).execute(request);
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(TestOutcome::parse).toList()
                : List.of();
    }

    @Rows("B01")
    static class Plain {
        @Test
        @Rows("C01")
        void passes() {}

        @Test
        @Rows({"C03", "C02"})
        void fails() {
            throw new AssertionError("as intended");
        }

        @Test
        @Rows("C04")
        void isNotForHere() {
            Assumptions.abort("as intended");
        }
    }

    static class Parameterised {
        @ParameterizedTest(name = "[{index}] {0}, {1}")
        @CsvSource({"redis-like, async", "nats-like, blocking"})
        @Rows("C01")
        void runs(String bus, String flavour) {}
    }

    @ParameterizedClass(name = "{0}, {1}")
    @CsvSource({"redis-like, async", "nats-like, blocking"})
    record OverBuses(String bus, String flavour) {
        @Test
        @Rows("C01")
        void runs() {}
    }

    static class WithoutRows {
        @Test
        void passes() {}
    }
}
