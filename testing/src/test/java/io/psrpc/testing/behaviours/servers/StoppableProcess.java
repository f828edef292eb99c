package io.psrpc.testing.behaviours.servers;

import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.Timekeeper;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import io.psrpc.internal.execution.EngineThread;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** A process that is stopped as by a signal: its clocks go on, and its frames, those for it, and its timers wait until it goes on. */
final class StoppableProcess {
    /** What comes first when it goes on: which, is left to chance. */
    enum First {
        FRAMES,
        TIMERS
    }

    private final HeldPublishes outgoing = new HeldPublishes();
    private final HeldSteps incoming = new HeldSteps();
    private final HeldSteps timers = new HeldSteps();

    BusTransport around(BusTransport transport) {
        return new Connection(outgoing.around(transport));
    }

    Timekeeper around(Timekeeper time) {
        return new Time(time);
    }

    /** With what it is about to send. */
    void stop() {
        outgoing.hold();
        stopWhenItHasSent();
    }

    /** Having sent it. */
    void stopWhenItHasSent() {
        incoming.hold();
        timers.hold();
    }

    /** How many frames it is about to send. */
    int unsent() {
        return outgoing.count();
    }

    /** How many frames have come for it. */
    int unread() {
        return incoming.count();
    }

    void goOn(First first) {
        if (first == First.TIMERS) {
            timers.letGo();
        }
        outgoing.letGo();
        incoming.letGo();
        timers.letGo();
    }

    private final class Connection extends ForwardingTransport {
        Connection(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            return super.subscribe(address, delivery, new FrameListener() {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    incoming.run(() -> listener.onFrame(frame, turn));
                }

                @Override
                public void onGap() {
                    incoming.run(listener::onGap);
                }
            });
        }
    }

    private final class Time implements Timekeeper {
        private final Timekeeper time;

        Time(Timekeeper time) {
            this.time = time;
        }

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return time.schedule(delay, () -> timers.run(() -> EngineThread.run(task)));
        }
    }
}
