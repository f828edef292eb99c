package io.psrpc.testing.behaviours.calls;

import com.google.protobuf.StringValue;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The answers of a multi call under way, of either flavour. */
final class MultiAnswers {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final List<Response<StringValue>> soFar = new CopyOnWriteArrayList<>();
    private volatile Responses.@Nullable End end;
    private volatile @Nullable Call<List<Response<StringValue>>> call;

    MultiAnswers() {}

    void of(Call<List<Response<StringValue>>> started) {
        call = started;
    }

    void add(Response<StringValue> answer) {
        soFar.add(answer);
    }

    List<Response<StringValue>> taken() {
        return List.copyOf(soFar);
    }

    void endedWith(Responses.End why) {
        end = why;
    }

    /** Waits until there are so many, and returns them in the order in which they came. */
    List<Response<StringValue>> await(int count) {
        long start = System.nanoTime();
        while (soFar.size() < count) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new AssertionError("answers: " + soFar + " (expected: " + count + " within 10 s)");
            }
            Thread.yield();
        }
        return List.copyOf(soFar);
    }

    /** Closes the answers, or cancels the future. */
    void cancel() {
        call().cancel();
    }

    /** Waits for the end. */
    List<Response<StringValue>> all() {
        return call().answer();
    }

    /** Waits for the end; each answer by its server, a failure as {@code "code: message"}. */
    Map<String, String> byServer() {
        Map<String, String> texts = new TreeMap<>();
        for (Response<StringValue> answer : all()) {
            texts.put(answer.serverId(), text(answer));
        }
        return texts;
    }

    private static String text(Response<StringValue> answer) {
        return answer.error()
                .map(error -> error.rawCode() + ": " + error.getMessage())
                .orElseGet(() -> answer.orThrow().getValue());
    }

    /** Waits for the end. */
    PsrpcException failure() {
        return call().failure();
    }

    /** Why it ended, where that can be seen: a future does not say. */
    Optional<Responses.End> end() {
        all();
        return Optional.ofNullable(end);
    }

    private Call<List<Response<StringValue>>> call() {
        Call<List<Response<StringValue>>> started = call;
        if (started == null) {
            throw new IllegalStateException("call: not started");
        }
        return started;
    }
}
