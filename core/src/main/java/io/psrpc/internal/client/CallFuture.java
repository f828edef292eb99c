package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.PsrpcException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A call's answer as a future, completed on an executor. Cancelling it, or completing it in another way, ends the call. */
final class CallFuture<R extends Message> extends CallersFuture<R> implements UnaryCall.Completion {
    private volatile @Nullable UnaryCall call;

    CallFuture(Executor executor) {
        super(executor);
    }

    void of(UnaryCall call) {
        this.call = call;
    }

    @Override
    @SuppressWarnings("unchecked") // the call parses with the method's own prototype
    public void complete(@Nullable Message message, @Nullable PsrpcException failure) {
        executor.execute(() -> {
            if (failure != null) {
                super.completeExceptionally(failure);
            } else {
                super.complete((R) message);
            }
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean canceled = super.cancel(mayInterruptIfRunning);
        end();
        return canceled;
    }

    /** Also what {@code orTimeout} comes down to. */
    @Override
    public boolean completeExceptionally(Throwable failure) {
        boolean completed = super.completeExceptionally(failure);
        end();
        return completed;
    }

    private void end() {
        UnaryCall under = call;
        if (under != null) {
            under.cancel();
        }
    }
}
