package io.psrpc.interleavings;

import io.psrpc.interleavings.races.NamedRace;
import java.util.List;

/**
 * A run in which something did not hold.
 *
 * @param race which
 * @param run which run of that race, from 1
 * @param schedule how its steps were chosen
 * @param thrown what did not hold
 * @param trace where it went from one thread to another
 */
record Finding(NamedRace race, int run, Schedule schedule, Throwable thrown, List<String> trace) {
    private static final int LONGEST_TRACE = 80;

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(race)
                .append("\n  run ")
                .append(run)
                .append(", ")
                .append(schedule)
                .append("\n  ")
                .append(thrown);
        for (StackTraceElement frame : thrown.getStackTrace()) {
            if (frame.getClassName().startsWith("io.psrpc.")) {
                text.append("\n    at ").append(frame);
            }
        }
        int from = Math.max(0, trace.size() - LONGEST_TRACE);
        trace.subList(from, trace.size()).forEach(line -> text.append("\n  ").append(line));
        return text.toString();
    }
}
