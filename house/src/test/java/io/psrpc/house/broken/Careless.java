package io.psrpc.house.broken;

import io.psrpc.house.broken.internal.Secret;
import java.util.List;
import java.util.Optional;

/** May be extended, shows what is internal, and cannot be closed by a try. */
public class Careless {
    /** Within a type argument. */
    public Optional<List<Secret>> secrets() {
        return Optional.empty();
    }

    /** Closes nothing. */
    public void close() {}

    /** Above. */
    public static final class Parent implements Secret {}

    /** In a field. */
    public static final class Field {
        /** Shown. */
        public final List<Secret> secrets = List.of();
    }

    /** In a constructor. */
    public static final class Argument {
        /** Shown. */
        public Argument(Secret secret) {
            assert secret != null;
        }
    }
}
