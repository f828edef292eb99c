package io.psrpc.behaviours;

import java.util.List;

/**
 * How one test went: a line of a rows.tsv.
 *
 * @param status of the last run
 * @param rows that the test shows
 * @param testClass its binary name
 * @param method its name
 * @param display what tells one invocation of a parameterised test from the others, as a rule bus and flavour; else empty
 */
record TestOutcome(Status status, List<String> rows, String testClass, String method, String display) {
    enum Status {
        PASSED,
        FAILED,
        SKIPPED
    }

    /** What identifies the test from run to run. */
    String id() {
        return testClass + '#' + method + '[' + display + ']';
    }

    /** {@code ClaimTest.runsOnce}. */
    String shortName() {
        return shortClass() + '.' + method;
    }

    String shortClass() {
        return testClass.substring(testClass.lastIndexOf('.') + 1);
    }

    String line() {
        return String.join("\t", status.name(), String.join(",", rows), testClass, method, oneLine(display));
    }

    static TestOutcome parse(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 5) {
            throw new IllegalArgumentException("line: " + line + " (expected: 5 fields between tabs)");
        }
        return new TestOutcome(
                Status.valueOf(fields[0]), List.of(fields[1].split(",")), fields[2], fields[3], fields[4]);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
