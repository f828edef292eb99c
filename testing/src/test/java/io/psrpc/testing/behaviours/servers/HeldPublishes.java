package io.psrpc.testing.behaviours.servers;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;

/** A process whose broker takes its time: while it is held, what it publishes waits, and so does the word of it. */
final class HeldPublishes {
    private final HeldSteps steps = new HeldSteps();

    BusTransport around(BusTransport transport) {
        return new Slow(transport);
    }

    void hold() {
        steps.hold();
    }

    void letGo() {
        steps.letGo();
    }

    /** Those that wait; what they lead to waits. */
    void letGoSoFar() {
        steps.letGoSoFar();
    }

    /** How many frames wait. */
    int count() {
        return steps.count();
    }

    private final class Slow extends ForwardingTransport {
        Slow(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            steps.run(() -> super.publish(frame, listener));
        }
    }
}
