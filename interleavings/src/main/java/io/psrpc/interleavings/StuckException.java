package io.psrpc.interleavings;

import io.psrpc.interleavings.races.NamedRace;
import java.util.Map;

/** A run neither ends nor waits for ever: a thread is in a loop, or waits where the scheduler does not see it. No other can follow it. */
final class StuckException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StuckException(NamedRace race) {
        super(race + ": stuck" + stacks());
    }

    private static String stacks() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            if (!entry.getKey().isDaemon()) {
                text.append("\n  ").append(entry.getKey().getName());
                for (StackTraceElement frame : entry.getValue()) {
                    text.append("\n    at ").append(frame);
                }
            }
        }
        return text.toString();
    }
}
