package io.psrpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a server serves. Immutable. */
public final class ServerOptions {
    /** A random id, the bus's executor, 10,000 requests at once, quick calls without a claim. */
    public static final ServerOptions DEFAULT = builder().build();

    private final @Nullable String serverId;
    private final Duration timeout;
    private final Duration startTimeout;
    private final @Nullable Executor executor;
    private final int maxConcurrentRequests;
    private final Duration drainTimeout;
    private final BooleanSupplier claimSkipping;
    private final Duration announceAfter;
    private final Deadlines deadlines;
    private final Function<Throwable, Optional<PsrpcException>> errorMapper;
    private final boolean errorMasking;
    private final List<ServerInterceptor> interceptors;
    private final List<ServerObserver> observers;

    private ServerOptions(Builder builder) {
        serverId = builder.serverId;
        timeout = builder.timeout;
        startTimeout = builder.startTimeout;
        executor = builder.executor;
        maxConcurrentRequests = builder.maxConcurrentRequests;
        drainTimeout = builder.drainTimeout;
        claimSkipping = builder.claimSkipping;
        announceAfter = builder.announceAfter;
        deadlines = builder.deadlines;
        errorMapper = builder.errorMapper;
        errorMasking = builder.errorMasking;
        interceptors = List.copyOf(builder.interceptors);
        observers = List.copyOf(builder.observers);
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The id under which clients know the server; empty: a random one. */
    public Optional<String> serverId() {
        return Optional.ofNullable(serverId);
    }

    /** How long the broker may take for what the server itself sends: updates. */
    public Duration timeout() {
        return timeout;
    }

    /** How long a registration may take. */
    public Duration startTimeout() {
        return startTimeout;
    }

    /** What handlers run on; empty: the bus's executor. */
    public Optional<Executor> executor() {
        return Optional.ofNullable(executor);
    }

    /** How many requests are served at once. */
    public int maxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    /** How long closing waits for requests. */
    public Duration drainTimeout() {
        return drainTimeout;
    }

    /** Asked per request: whether it may be served without a claim. */
    public BooleanSupplier claimSkipping() {
        return claimSkipping;
    }

    /** When a request that is served without a claim is announced, counted from its arrival; zero: at once. */
    public Duration announceAfter() {
        return announceAfter;
    }

    /** By which clock deadlines are kept. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** What makes answers of exceptions that are none. */
    public Function<Throwable, Optional<PsrpcException>> errorMapper() {
        return errorMapper;
    }

    /** Whether clients are told nothing of exceptions that are not meant for them. */
    public boolean errorMasking() {
        return errorMasking;
    }

    /** What stands around every handler, outermost first; unmodifiable. */
    public List<ServerInterceptor> interceptors() {
        return interceptors;
    }

    /** Who watches; unmodifiable. */
    public List<ServerObserver> observers() {
        return observers;
    }

    /** By which clock a request's deadline is kept. */
    public enum Deadlines {
        /** The caller's: the deadline as it was sent. Clocks must agree to within the timeout. */
        AS_SENT,
        /** Ours: as much time as the caller gave, counted from the arrival. For callers whose clocks are off. */
        FROM_ARRIVAL
    }

    /** Collects options; not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String serverId;
        private Duration timeout = Duration.ofSeconds(3);
        private Duration startTimeout = Duration.ofSeconds(10);
        private @Nullable Executor executor;
        private int maxConcurrentRequests = 10_000;
        private Duration drainTimeout = Duration.ofSeconds(10);
        private BooleanSupplier claimSkipping = () -> true;
        private Duration announceAfter = Duration.ofMillis(20);
        private Deadlines deadlines = Deadlines.AS_SENT;
        private Function<Throwable, Optional<PsrpcException>> errorMapper = failure -> Optional.empty();
        private boolean errorMasking;
        private final List<ServerInterceptor> interceptors = new ArrayList<>();
        private final List<ServerObserver> observers = new ArrayList<>();

        private Builder() {}

        /**
         * Names the server. Default: a random id. No two servers may have one id: both would take what was granted to one.
         *
         * @param id 1 to 256 characters
         */
        public Builder serverId(String id) {
            serverId = Check.id("serverId", id);
            return this;
        }

        /** Fails an update of the server {@code UNAVAILABLE} that the broker has not taken after so long. Default 3 s. */
        public Builder timeout(Duration sends) {
            timeout = Check.positive("timeout", sends);
            return this;
        }

        /** Waits so long for the broker to confirm a registration. Default 10 s. */
        public Builder startTimeout(Duration timeout) {
            startTimeout = Check.positive("startTimeout", timeout);
            return this;
        }

        /**
         * Runs handlers and their interceptors; affinity functions stay on the bus's callback executor. Default: the bus's executor. It
         * is not shut down.
         */
        public Builder executor(Executor handlers) {
            executor = Objects.requireNonNull(handlers, "handlers");
            return this;
        }

        /**
         * Serves so many requests at once; default 10,000. Beyond it the server does not bid, leaves queue requests to its peers, and
         * answers the rest {@code RESOURCE_EXHAUSTED}.
         */
        public Builder maxConcurrentRequests(int requests) {
            maxConcurrentRequests = Check.positive("maxConcurrentRequests", requests);
            return this;
        }

        /** Waits so long for requests when the server is closed, then interrupts them. Default 10 s; zero: at once. */
        public Builder drainTimeout(Duration timeout) {
            drainTimeout = Check.notNegative("drainTimeout", timeout);
            return this;
        }

        /**
         * Serves queue requests without a claim, in one round trip, while {@code enabled} says so: it is asked inline per request and
         * must not block. Default: always. Must be off on Redis beside Go servers up to v0.3.2, which bid for the same requests.
         */
        public Builder claimSkipping(BooleanSupplier enabled) {
            claimSkipping = Objects.requireNonNull(enabled, "enabled");
            return this;
        }

        /**
         * Tells the client that a request is being served without a claim, if no response has gone out so long after its arrival.
         * Default 20 ms; zero: at once. Must stay well below the client's selection timeout (1 s by default).
         */
        public Builder announceAfter(Duration sinceArrival) {
            announceAfter = Check.notNegative("announceAfter", sinceArrival);
            return this;
        }

        /** Keeps deadlines by this clock. Default {@link Deadlines#AS_SENT}. */
        public Builder deadlines(Deadlines deadlines) {
            this.deadlines = Objects.requireNonNull(deadlines, "deadlines");
            return this;
        }

        /**
         * Makes answers of exceptions that are not {@link PsrpcException}s, on the handler's thread. Where it returns empty (default)
         * {@link #errorMasking} decides; where it throws, which is logged, as well.
         */
        public Builder errorMapper(Function<Throwable, Optional<PsrpcException>> mapper) {
            errorMapper = Objects.requireNonNull(mapper, "mapper");
            return this;
        }

        /**
         * Answers {@code INTERNAL} "internal error" to exceptions that are not {@link PsrpcException}s and are not mapped; they are
         * logged with the request's id. Default off: {@code UNKNOWN} with the exception's message. A crash, an {@link Error}, is
         * answered so in either case.
         */
        public Builder errorMasking(boolean masking) {
            errorMasking = masking;
            return this;
        }

        /** Adds an interceptor, inside of those added before. */
        public Builder interceptor(ServerInterceptor interceptor) {
            interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
            return this;
        }

        /** Adds an observer. */
        public Builder observer(ServerObserver observer) {
            observers.add(Objects.requireNonNull(observer, "observer"));
            return this;
        }

        /** The options so far. */
        public ServerOptions build() {
            return new ServerOptions(this);
        }
    }
}
