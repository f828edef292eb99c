package io.psrpc.internal.routing;

import io.psrpc.PsrpcException;
import io.psrpc.bus.PublishListener;
import io.psrpc.internal.execution.EngineThread;
import org.jspecify.annotations.Nullable;

/** Hears how a publish went, and gives back the room that the frame took in the {@link Outbox}. One publish at a time. */
public abstract class Outbound implements PublishListener {
    private @Nullable Outbox outbox;
    private int bytes;

    final void reserved(Outbox outbox, int bytes) {
        this.outbox = outbox;
        this.bytes = bytes;
    }

    @Override
    public final void onPublished(long receivers) {
        EngineThread mark = EngineThread.enter();
        try {
            release();
            published(receivers);
        } finally {
            mark.exit();
        }
    }

    @Override
    public final void onNobodyThere() {
        EngineThread.run(this::nobodyThere);
    }

    @Override
    public final void onFailed(PsrpcException failure) {
        EngineThread.run(() -> {
            release();
            failed(failure);
        });
    }

    private void release() {
        Outbox from = outbox;
        if (from != null) {
            outbox = null;
            from.release(bytes);
        }
    }

    /** As {@link PublishListener#onPublished}. */
    protected abstract void published(long receivers);

    /** As {@link PublishListener#onNobodyThere}. */
    protected void nobodyThere() {}

    /** As {@link PublishListener#onFailed}. */
    protected abstract void failed(PsrpcException failure);
}
