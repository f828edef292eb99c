package io.psrpc.testing.behaviours.servers;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests of a process that have left it: where brokers deliver inline, whoever gets one has got it. */
final class SentRequests {
    private final AtomicInteger count = new AtomicInteger();

    BusTransport around(BusTransport transport) {
        return new Counting(transport);
    }

    int count() {
        return count.get();
    }

    private final class Counting extends ForwardingTransport {
        Counting(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            super.publish(frame, listener);
            if (frame.address().contains("REQ")) {
                count.incrementAndGet();
            }
        }
    }
}
