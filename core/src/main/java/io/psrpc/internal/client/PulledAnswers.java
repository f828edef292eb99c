package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.ClientInterceptor.MultiObserver;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Responses.End;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers that pass through interceptors on the thread that takes them: what the engine has queued is pulled, shown to the
 * interceptors' observer, and what comes out at the other end is what the caller gets.
 */
final class PulledAnswers<R extends Message> implements QueuedResponses.Upstream, MultiObserver {
    private record Source(QueuedResponses<Message> raw, MultiObserver observer) {}

    private final QueuedResponses<R> out = new QueuedResponses<>(this);
    private volatile @Nullable Source source;

    Responses<R> responses() {
        return out;
    }

    /** The engine's answers, and the observer that is to see them first. */
    void from(QueuedResponses<Message> raw, MultiObserver observer) {
        source = new Source(raw, observer);
        out.onClose(raw::close);
    }

    @Override
    public void onResponse(Response<Message> response) {
        out.onResponse(Objects.requireNonNull(response, "response"));
    }

    @Override
    public void onEnd(@Nullable PsrpcException failure) {
        Source from = source;
        if (failure == null && from != null && from.raw.isSeenToEnd()) {
            out.onEnd(from.raw.end(), null);
        } else {
            out.onEnd(End.CLOSED, failure);
        }
    }

    @Override
    public Pull pull(long waitNanos) {
        Source from = source;
        if (from == null || from.raw.isSeenToEnd()) {
            return Pull.NOTHING_TO_COME;
        }
        Optional<Response<Message>> next;
        try {
            next = from.raw.next(Duration.ofNanos(waitNanos));
        } catch (PsrpcException failure) {
            show(from, observer -> observer.onEnd(failure));
            return Pull.PULLED;
        }
        if (next.isPresent()) {
            show(from, observer -> observer.onResponse(next.get()));
        } else if (from.raw.isSeenToEnd()) {
            show(from, observer -> observer.onEnd(null));
        } else {
            return Pull.TIMED_OUT;
        }
        return Pull.PULLED;
    }

    /** What the observer throws is the call's failure, and its end. */
    private void show(Source from, Consumer<MultiObserver> event) {
        try {
            event.accept(from.observer);
        } catch (Throwable e) {
            from.raw.close();
            out.onEnd(End.CLOSED, PsrpcException.from(e));
        }
    }
}
