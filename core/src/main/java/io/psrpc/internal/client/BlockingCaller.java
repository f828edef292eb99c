package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.internal.ApiAccess;
import io.psrpc.internal.execution.Workers;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that waits for its call: parked, and unparked by whoever completes the call, with no future in between. */
final class BlockingCaller implements UnaryCall.Completion, ForkJoinPool.ManagedBlocker {
    private final Thread thread = Thread.currentThread();
    private @Nullable Message message;
    private @Nullable PsrpcException failure;
    private volatile boolean done;

    @Override
    public void complete(@Nullable Message message, @Nullable PsrpcException failure) {
        this.message = message;
        this.failure = failure;
        done = true;
        LockSupport.unpark(thread);
    }

    /** The answer; {@code CANCELED}, and the call too, when interrupted. */
    Message await(UnaryCall call) {
        if (!done) {
            try {
                Workers.block(this);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                call.cancel();
            }
        }
        PsrpcException thrown = failure;
        if (thrown != null) {
            throw ApiAccess.get().rethrowable(thrown);
        }
        Message answer = message;
        if (answer == null) {
            throw ErrorCode.CANCELED.error("request canceled");
        }
        return answer;
    }

    @Override
    public boolean block() throws InterruptedException {
        while (!done) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.park(this);
        }
        return true;
    }

    @Override
    public boolean isReleasable() {
        return done;
    }
}
