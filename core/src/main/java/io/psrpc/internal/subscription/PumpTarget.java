package io.psrpc.internal.subscription;

import io.psrpc.PsrpcException;
import org.jspecify.annotations.Nullable;

/** Who gets what a {@link Pump} takes from a buffer: one call at a time, outside locks. */
interface PumpTarget<T> {
    /** Whether an update is wanted now; asked with the buffer's lock held. Who changes it to true wakes the pump. */
    boolean isReady();

    void onUpdate(T update);

    void onDropped(long count);

    void onGap();

    /** Once, and last. */
    void onEnd(@Nullable PsrpcException failure);

    /** One of the calls above threw. */
    void onThrown(Throwable failure);
}
