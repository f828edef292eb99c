package io.psrpc.testing;

import io.psrpc.MethodInfo;
import io.psrpc.Registration;
import io.psrpc.RequestContext;
import io.psrpc.Topic;
import io.psrpc.bus.Timekeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Contexts to call handlers with, without a bus. */
public final class TestContext implements RequestContext {
    private final MethodInfo method;
    private final Topic topic;
    private final String requestId;
    private final String callerId;
    private final Map<String, String> metadata;
    private final Map<Key<?>, Object> values;
    private final Timekeeper time;
    private final Instant sentAt;
    private final Instant deadline;
    private final long deadlineNanos;

    private TestContext(Builder builder) {
        method = builder.method;
        topic = builder.topic;
        requestId = builder.requestId;
        callerId = builder.callerId;
        metadata = Map.copyOf(builder.metadata);
        values = Map.copyOf(builder.values);
        time = builder.time;
        sentAt = time.now();
        deadline = sentAt.plus(builder.remaining);
        deadlineNanos = time.nanoTime() + builder.remaining.toNanos();
    }

    private TestContext(TestContext from, Map<Key<?>, Object> values) {
        method = from.method;
        topic = from.topic;
        requestId = from.requestId;
        callerId = from.callerId;
        metadata = from.metadata;
        this.values = Map.copyOf(values);
        time = from.time;
        sentAt = from.sentAt;
        deadline = from.deadline;
        deadlineNanos = from.deadlineNanos;
    }

    /** A context for a handler that does not look at it. */
    public static RequestContext any() {
        return builder().build();
    }

    /** Starts from a queue method {@code Test.Call} without topic and metadata, called by {@code CLI_test} with 3 s left. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public MethodInfo method() {
        return method;
    }

    @Override
    public Topic topic() {
        return topic;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public String callerId() {
        return callerId;
    }

    @Override
    public Instant sentAt() {
        return sentAt;
    }

    @Override
    public Instant deadline() {
        return deadline;
    }

    @Override
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, deadlineNanos - time.nanoTime()));
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public boolean isDone() {
        return remaining().isZero();
    }

    /** Runs {@code action} on the thread that advances the builder's time past the deadline, or at once on this one. */
    @Override
    public Registration onDone(Runnable action) {
        Objects.requireNonNull(action, "action");
        if (isDone()) {
            action.run();
            return () -> {};
        }
        Timekeeper.Cancellable scheduled = time.schedule(remaining(), action);
        return scheduled::cancel;
    }

    // Only with() and the builder put values under keys, each of the key's type.
    @SuppressWarnings("unchecked")
    @Override
    public <T> Optional<T> get(Key<T> key) {
        return Optional.ofNullable((T) values.get(key));
    }

    @Override
    public <T> RequestContext with(Key<T> key, T value) {
        Map<Key<?>, Object> copy = new HashMap<>(values);
        copy.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return new TestContext(this, copy);
    }

    /** Collects what a context says; not safe for use by several threads. */
    public static final class Builder {
        private MethodInfo method = new MethodInfo("Test", "Call", MethodInfo.Kind.UNARY, MethodInfo.Routing.QUEUE);
        private Topic topic = Topic.NONE;
        private String requestId = "REQ_test";
        private String callerId = "CLI_test";
        private Duration remaining = Duration.ofSeconds(3);
        private Timekeeper time = new ManualTime();
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final Map<Key<?>, Object> values = new HashMap<>();

        private Builder() {}

        /** The method that was called. */
        public Builder method(MethodInfo method) {
            this.method = Objects.requireNonNull(method, "method");
            return this;
        }

        /** The parts of the topic that it was called for. */
        public Builder topic(String... parts) {
            topic = Topic.of(parts);
            return this;
        }

        /** The id of the request. Default {@code REQ_test}. */
        public Builder requestId(String id) {
            requestId = Objects.requireNonNull(id, "id");
            return this;
        }

        /** The id of the client that sent it. Default {@code CLI_test}. */
        public Builder callerId(String id) {
            callerId = Objects.requireNonNull(id, "id");
            return this;
        }

        /** The time left; zero: the request is done. Default 3 s. */
        public Builder remaining(Duration remaining) {
            if (remaining.isNegative()) {
                throw new IllegalArgumentException("remaining: " + remaining + " (expected: >= 0)");
            }
            this.remaining = remaining;
            return this;
        }

        /** What the time left is kept by. Default: a clock that stands still. */
        public Builder time(Timekeeper time) {
            this.time = Objects.requireNonNull(time, "time");
            return this;
        }

        /** Adds an entry to what the caller sent. */
        public Builder metadata(String key, String value) {
            metadata.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Puts a value under a key, as an interceptor would. */
        public <T> Builder with(Key<T> key, T value) {
            values.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** The context; sent now, by its time. */
        public RequestContext build() {
            return new TestContext(this);
        }
    }
}
