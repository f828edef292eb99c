package io.psrpc.internal.client;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A future of which what completes it runs on an executor. Where that is the thread of a blocking caller, and an interceptor waits on
 * that very thread, the thread runs it meanwhile: else it would wait for itself. So do the futures that follow it.
 */
class CallersFuture<T> extends CompletableFuture<T> {
    final Executor executor;

    CallersFuture(Executor executor) {
        this.executor = executor;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallersFuture<>(executor);
    }

    @Override
    public T join() {
        try {
            help(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PsrpcException(ErrorCode.CANCELED, "request canceled", e);
        }
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        help(this);
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (executor instanceof CallerThread caller && caller.isHere()) {
            caller.help(copy().orTimeout(timeout, unit));
            return super.get(0, unit);
        }
        return super.get(timeout, unit);
    }

    private void help(CompletableFuture<?> future) throws InterruptedException {
        if (executor instanceof CallerThread caller && caller.isHere()) {
            caller.help(future);
        }
    }
}
