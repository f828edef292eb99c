package io.psrpc.internal.bus;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.SecureRandom;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Where generators of ids get their seeds: a secure source, or a given seed for repeatable tests. */
final class Seeds {
    private static final SecureRandom SECURE = new SecureRandom();

    @GuardedBy("this")
    private final SplittableRandom random;

    Seeds(OptionalLong seed) {
        random = new SplittableRandom(seed.orElseGet(SECURE::nextLong));
    }

    synchronized long next() {
        return random.nextLong();
    }
}
