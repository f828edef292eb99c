package io.psrpc.interleavings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.pastalab.fray.core.ThreadContext;
import org.pastalab.fray.rmi.ScheduleObserver;

/** Where a run went from one thread to another, for people to read. */
final class Trace implements ScheduleObserver<ThreadContext> {
    private static final String ENGINE = "io.psrpc.internal.";

    private final List<String> lines = new ArrayList<>();

    @Override
    public void onNewSchedule(Collection<? extends ThreadContext> threads, ThreadContext scheduled) {}

    @Override
    public void onContextSwitch(ThreadContext current, ThreadContext next) {
        lines.add("%-8s stops%s; %s goes on%s"
                .formatted(
                        current.getThread().getName(),
                        place(current),
                        next.getThread().getName(),
                        place(next)));
    }

    private static String place(ThreadContext context) {
        return Stream.of(context.getThread().getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(ENGINE))
                .findFirst()
                .map(frame -> " in " + frame.getClassName().substring(ENGINE.length()) + "." + frame.getMethodName()
                        + ":" + frame.getLineNumber())
                .orElse("");
    }

    List<String> lines() {
        return lines;
    }
}
