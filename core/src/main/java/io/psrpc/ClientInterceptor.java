package io.psrpc;

import com.google.protobuf.Message;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Stands around the calls of a client: may change the call, its answer or its failure, answer by itself, or call again. Interceptors run
 * in the order in which they were added, outermost first; the client's come before the call's own.
 *
 * <p>Not generic, so that a lambda will do. Runs on the caller's thread for blocking calls, else on the bus's executor, never on a
 * reader; it may block.
 *
 * <p>Timeouts are those of the requests that {@code next} makes. What an interceptor does besides is not timed: a stage that it never
 * completes is a call that ends only when its caller gives up.
 */
@FunctionalInterface
public interface ClientInterceptor {
    /**
     * A call that has one answer. What this throws is the call's failure, as what the stage fails with is; {@link PsrpcException#from}
     * says how.
     *
     * @return the answer, of the method's response type
     */
    CompletionStage<Message> unary(ClientCall call, Next next);

    /** A multi call. Passes on to {@code next}, unless overridden. What this throws is the call's failure. */
    default void multi(ClientCall call, MultiObserver answers, MultiNext next) {
        next.proceed(call, answers);
    }

    /** The rest of the way of a call with one answer. */
    @FunctionalInterface
    interface Next {
        /**
         * Makes the call. Each time it is called is a request of its own; those still under way when the interceptors' answer is there
         * are canceled.
         */
        CompletionStage<Message> proceed(ClientCall call);
    }

    /** The rest of the way of a multi call. */
    @FunctionalInterface
    interface MultiNext {
        /** Makes the call; its answers go to {@code answers}, which may be a wrapper. */
        void proceed(ClientCall call, MultiObserver answers);
    }

    /** Receives the answers of a multi call, one at a time. What it throws is the call's failure, and its end. */
    interface MultiObserver {
        /** One server's answer. */
        void onResponse(Response<Message> response);

        /** The last call: the multi call has ended (null), or failed as a whole. */
        void onEnd(@Nullable PsrpcException failure);
    }
}
