package io.psrpc.testing;

import io.psrpc.PsrpcException;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.Timekeeper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A frame that is on its way for longer than usual. */
final class DelayedFrame {
    private final Duration delay;
    private final OutgoingFrame frame;
    private final PublishListener listener;
    private volatile Timekeeper.@Nullable Cancellable scheduled;

    DelayedFrame(Duration delay, OutgoingFrame frame, PublishListener listener) {
        this.delay = delay;
        // The delay is the network's: the broker's client has had the frame in time.
        long notAfter = frame.notAfterNanos();
        long later = notAfter == Long.MAX_VALUE ? notAfter : notAfter + delay.toNanos();
        this.frame = new OutgoingFrame(frame.address(), frame.bytes(), later, frame.wantsReceivers());
        this.listener = listener;
    }

    void schedule(Timekeeper time, Runnable arrival) {
        scheduled = time.schedule(delay, arrival);
    }

    boolean cancel() {
        Timekeeper.Cancellable current = scheduled;
        return current != null && current.cancel();
    }

    void publish(BusTransport transport) {
        transport.publish(frame, listener);
    }

    void fail(PsrpcException failure) {
        listener.onFailed(failure);
    }
}
