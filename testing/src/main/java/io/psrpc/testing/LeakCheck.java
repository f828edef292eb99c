package io.psrpc.testing;

import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.internal.execution.Standpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a test has left behind, of what was not there when this was made. What is ending meanwhile has a moment to do so. */
final class LeakCheck {
    private static final String THREAD_PREFIX = "psrpc-";

    private final Duration moment;
    private final Set<Thread> earlier = threads();

    LeakCheck(Duration moment) {
        this.moment = moment;
    }

    /** Fails unless the bus holds nothing, and nothing is scheduled on its manual time. */
    void checkBus(MessageBus bus, @Nullable ManualTime time) {
        long start = System.nanoTime();
        Inventory left = inventory(bus, time);
        while (!left.equals(Inventory.EMPTY)) {
            if (System.nanoTime() - start > moment.toNanos()) {
                throw new AssertionError(message(bus, time, left));
            }
            Thread.yield();
            left = inventory(bus, time);
        }
    }

    private static Inventory inventory(MessageBus bus, @Nullable ManualTime time) {
        Inventory held = ((EngineBus) bus).inventory();
        int timers = time == null ? held.timers() : time.pendingTimers();
        return new Inventory(held.calls(), held.claims(), held.handlers(), held.subscriptions(), timers);
    }

    private static String message(MessageBus bus, @Nullable ManualTime time, Inventory left) {
        List<String> what = new ArrayList<>(((EngineBus) bus).holdings());
        if (time != null) {
            what.addAll(time.pendingTasks());
        }
        return "left behind on the bus: " + text(left)
                + " (expected: nothing; close clients, each of which holds 2 subscriptions,"
                + " servers and subscriptions)\n  " + String.join("\n  ", what);
    }

    private static String text(Inventory left) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("calls", left.calls());
        counts.put("claims", left.claims());
        counts.put("handlers", left.handlers());
        counts.put("subscriptions", left.subscriptions());
        counts.put("timers", left.timers());
        counts.values().removeIf(count -> count == 0);
        return counts.toString();
    }

    /** Fails unless the threads of the closed bus have ended. */
    void checkThreads() {
        Set<Thread> left = threads();
        left.removeAll(earlier);
        for (Thread thread : left) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, moment.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (thread.isAlive()) {
                throw new AssertionError("left behind: thread " + thread.getName() + ", at " + Standpoint.of(thread)
                        + " (expected: ended with its bus)");
            }
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(THREAD_PREFIX))
                .collect(Collectors.toSet());
    }
}
