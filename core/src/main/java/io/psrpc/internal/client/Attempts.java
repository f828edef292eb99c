package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The calls that the interceptors of one have started. They end with it: what an interceptor gives back is often a stage that follows
 * the call's, and canceling that does not reach the call.
 */
final class Attempts {
    private final List<CompletableFuture<Message>> started = new CopyOnWriteArrayList<>();
    private volatile boolean hasEnded;

    /** One more; after the end, {@code CANCELED}. */
    CompletableFuture<Message> start(Supplier<CompletableFuture<Message>> attempt) {
        if (hasEnded) {
            return CompletableFuture.failedFuture(ErrorCode.CANCELED.error("request canceled"));
        }
        CompletableFuture<Message> call = attempt.get();
        started.add(call);
        if (hasEnded) {
            call.cancel(true);
        }
        return call;
    }

    /** Cancels what is under way. */
    void end() {
        hasEnded = true;
        started.forEach(call -> call.cancel(true));
    }
}
