package io.psrpc.testing.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must happen, no longer than a test's patience, and remembers what must not and has. */
final class Witness {
    private static final int REMEMBERED = 20;

    private final Duration patience;
    private final List<String> violations = new ArrayList<>();
    private int more;

    Witness(Duration patience) {
        this.patience = patience;
    }

    /** Something that a transport must never do; the test fails with it in the end. */
    synchronized void violated(String what) {
        if (violations.size() < REMEMBERED) {
            violations.add(what);
        } else {
            more++;
        }
        notifyAll();
    }

    /** Something has happened that somebody may wait for. */
    synchronized void changed() {
        notifyAll();
    }

    /** Waits until {@code isSo}, which is looked at whenever something has {@link #changed}. */
    synchronized void await(BooleanSupplier isSo, Supplier<String> unmet) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!isSo.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(unmet.get() + " within " + patience + seen());
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(unmet.get() + " before the interrupt", e);
        }
    }

    /** Waits for a stage to be done, and gives its value. */
    <T> T await(CompletionStage<T> stage, String what) {
        try {
            return stage.toCompletableFuture().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(what + ": failed (expected: done)", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError(what + ": not done (expected: done within " + patience + ")" + seen(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(what + ": not done before the interrupt", e);
        }
    }

    /** Fails where something was {@link #violated}. */
    synchronized void assertNothingViolated() {
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.get(0) + seen());
        }
    }

    private synchronized String seen() {
        if (violations.isEmpty()) {
            return "";
        }
        String rest = more == 0 ? "" : "; and " + more + " more";
        return "\n  seen meanwhile: " + String.join("; ", violations) + rest;
    }
}
