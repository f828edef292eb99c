package io.psrpc.internal.server;

import io.psrpc.MethodInfo;
import io.psrpc.Registration;
import io.psrpc.RequestContext;
import io.psrpc.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as its handler sees it. Copies with more keys share the request. */
final class HandlerContext implements RequestContext {
    private final IncomingRequest request;
    private final @Nullable Entry entries;

    /** A list of keys and values, the newest first. */
    private record Entry(Key<?> key, Object value, @Nullable Entry next) {}

    HandlerContext(IncomingRequest request) {
        this(request, null);
    }

    private HandlerContext(IncomingRequest request, @Nullable Entry entries) {
        this.request = request;
        this.entries = entries;
    }

    @Override
    public MethodInfo method() {
        return request.served().info();
    }

    @Override
    public Topic topic() {
        return request.served().topic();
    }

    @Override
    public String requestId() {
        return request.message().requestId();
    }

    @Override
    public String callerId() {
        return request.message().clientId();
    }

    @Override
    public Instant sentAt() {
        return instant(request.message().sentAt());
    }

    @Override
    public Instant deadline() {
        return instant(request.message().expiry());
    }

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
    }

    @Override
    public Duration remaining() {
        return isDone() ? Duration.ZERO : request.remaining();
    }

    @Override
    public Map<String, String> metadata() {
        return request.message().metadata();
    }

    @Override
    public boolean isDone() {
        return request.isDone();
    }

    @Override
    public Registration onDone(Runnable action) {
        return request.ending().add(Objects.requireNonNull(action, "action"));
    }

    @Override
    @SuppressWarnings("unchecked") // with() puts in what the key is of
    public <T> Optional<T> get(Key<T> key) {
        for (Entry entry = entries; entry != null; entry = entry.next) {
            if (entry.key == key) {
                return Optional.of((T) entry.value);
            }
        }
        return Optional.empty();
    }

    @Override
    public <T> RequestContext with(Key<T> key, T value) {
        Objects.requireNonNull(value, "value");
        return new HandlerContext(request, new Entry(key, value, entries));
    }
}
