package io.psrpc.internal.client;

import com.google.protobuf.Message;
import io.psrpc.ClientInterceptor.MultiObserver;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.Responses.End;
import io.psrpc.internal.execution.SerialQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes the answers of a multi call to an observer on an executor, one at a time and in order. */
final class AsyncResponses implements MultiCall.Sink {
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final SerialQueue serial;
    private final MultiObserver observer;
    private final Consumer<Throwable> onThrown;

    /** @param onThrown gets what the observer throws */
    AsyncResponses(Executor executor, MultiObserver observer, Consumer<Throwable> onThrown) {
        this.serial = new SerialQueue(executor);
        this.observer = observer;
        this.onThrown = onThrown;
    }

    @Override
    public void onResponse(Response<Message> response) {
        events.add(() -> observer.onResponse(response));
    }

    @Override
    public void onEnd(End end, @Nullable PsrpcException failure) {
        events.add(() -> observer.onEnd(failure));
    }

    @Override
    public void flush() {
        serial.execute(this::drain);
    }

    private void drain() {
        for (Runnable event; (event = events.poll()) != null; ) {
            try {
                event.run();
            } catch (Throwable e) {
                onThrown.accept(e);
            }
        }
    }
}
