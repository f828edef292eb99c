package io.psrpc.bus;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What is the same for everything on a {@link MessageBus}. Immutable. */
public final class BusOptions {
    /** No compression, 8 MiB inflated, 64 MiB pending, the bus's own executor, time and seed. */
    public static final BusOptions DEFAULT = builder().build();

    private final OptionalInt compressAbove;
    private final int maxInflatedBytes;
    private final long maxPendingBytes;
    private final @Nullable Executor executor;
    private final @Nullable Timekeeper time;
    private final OptionalLong randomSeed;

    private BusOptions(Builder builder) {
        compressAbove = builder.compressAbove;
        maxInflatedBytes = builder.maxInflatedBytes;
        maxPendingBytes = builder.maxPendingBytes;
        executor = builder.executor;
        time = builder.time;
        randomSeed = builder.randomSeed;
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Messages of at least so many bytes are sent compressed, where that makes them smaller; empty: none are. */
    public OptionalInt compressAbove() {
        return compressAbove;
    }

    /** What a compressed message may inflate to, in bytes; a larger one is dropped and counted. */
    public int maxInflatedBytes() {
        return maxInflatedBytes;
    }

    /** How many bytes may wait for the broker. */
    public long maxPendingBytes() {
        return maxPendingBytes;
    }

    /** What handlers, callbacks and future completions run on; empty: the bus's own. */
    public Optional<Executor> executor() {
        return Optional.ofNullable(executor);
    }

    /** The source of time; empty: the bus's own timer and the system's clocks. */
    public Optional<Timekeeper> time() {
        return Optional.ofNullable(time);
    }

    /** What ids are drawn from; empty: a secure random seed. */
    public OptionalLong randomSeed() {
        return randomSeed;
    }

    /** Collects options; not safe for use by several threads. */
    public static final class Builder {
        private OptionalInt compressAbove = OptionalInt.empty();
        private int maxInflatedBytes = 8 << 20;
        private long maxPendingBytes = 64L << 20;
        private @Nullable Executor executor;
        private @Nullable Timekeeper time;
        private OptionalLong randomSeed = OptionalLong.empty();

        private Builder() {}

        /**
         * Compresses messages of at least {@code thresholdBytes} where that makes them smaller. Off by default: Go peers up to v0.7.5
         * cannot read compressed messages. Go's own threshold is 1,024.
         */
        public Builder compressAbove(int thresholdBytes) {
            compressAbove = OptionalInt.of((int) positive("compressAbove", thresholdBytes));
            return this;
        }

        /** Drops what inflates to more than {@code bytes}. Default 8 MiB. */
        public Builder maxInflatedBytes(int bytes) {
            maxInflatedBytes = (int) positive("maxInflatedBytes", bytes);
            return this;
        }

        /**
         * Bounds what may wait for the broker. Default 64 MiB. Beyond it, async calls and updates fail {@code RESOURCE_EXHAUSTED}, and
         * blocking calls wait for room until their deadline.
         */
        public Builder maxPendingBytes(long bytes) {
            maxPendingBytes = positive("maxPendingBytes", bytes);
            return this;
        }

        /**
         * Runs handlers, callbacks and future completions. Default: a virtual thread each on Java 21 and later, else bounded pools.
         * {@code Runnable::run} is legal for code that never blocks. The bus does not shut it down.
         */
        public Builder executor(Executor executor) {
            this.executor = Objects.requireNonNull(executor, "executor");
            return this;
        }

        /** Takes time from {@code time}. Default: the system's clocks and a timer thread of the bus's own. */
        public Builder time(Timekeeper time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /** Draws ids from {@code seed}, for repeatable tests. Two processes with one seed make the same ids: never in production. */
        public Builder randomSeed(long seed) {
            randomSeed = OptionalLong.of(seed);
            return this;
        }

        /** The options so far. */
        public BusOptions build() {
            return new BusOptions(this);
        }

        private static long positive(String name, long value) {
            if (value <= 0) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
            }
            return value;
        }
    }
}
