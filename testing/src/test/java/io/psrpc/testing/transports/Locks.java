package io.psrpc.testing.transports;

import io.psrpc.bus.Timekeeper;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Locks by content, each held until its time is over. */
final class Locks {
    private final Timekeeper time;
    private final Map<String, Long> heldUntilNanos = new ConcurrentHashMap<>();

    Locks(Timekeeper time) {
        this.time = time;
    }

    /** True: nobody else gets one for the same bytes for so long. */
    boolean take(byte[] content, Duration hold) {
        long now = time.nanoTime();
        AtomicBoolean taken = new AtomicBoolean();
        heldUntilNanos.compute(key(content), (key, until) -> {
            taken.set(until == null || now - until >= 0);
            return taken.get() ? Long.valueOf(now + hold.toNanos()) : until;
        });
        return taken.get();
    }

    void forget() {
        heldUntilNanos.clear();
    }

    private static String key(byte[] content) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
