package io.psrpc;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A context in which nothing happens. */
record FixedContext(Duration remaining) implements RequestContext {
    @Override
    public MethodInfo method() {
        return new MethodInfo("Fleet", "Hello", MethodInfo.Kind.UNARY, MethodInfo.Routing.QUEUE);
    }

    @Override
    public Topic topic() {
        return Topic.NONE;
    }

    @Override
    public String requestId() {
        return "r1";
    }

    @Override
    public String callerId() {
        return "c1";
    }

    @Override
    public Instant sentAt() {
        return Instant.EPOCH;
    }

    @Override
    public Instant deadline() {
        return Instant.EPOCH.plus(remaining);
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of();
    }

    @Override
    public boolean isDone() {
        return false;
    }

    @Override
    public Registration onDone(Runnable action) {
        return () -> {};
    }

    @Override
    public <T> Optional<T> get(Key<T> key) {
        return Optional.empty();
    }

    @Override
    public <T> RequestContext with(Key<T> key, T value) {
        return this;
    }
}
