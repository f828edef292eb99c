package io.psrpc.testing.contract;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.testing.transports.FakeConnection;
import io.psrpc.testing.transports.Forwarding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Transports that do one thing wrong with what is published. */
final class BrokenPublishing {
    /** Not so often that nothing works any more. */
    private static final int RARELY = 97;

    private BrokenPublishing() {}

    /** Counts, and says when it is time to do wrong. */
    private abstract static class NowAndThen extends Forwarding {
        private final AtomicInteger frames = new AtomicInteger();

        NowAndThen(BusTransport transport) {
            super(transport);
        }

        final boolean isNow() {
            return frames.incrementAndGet() % RARELY == 0;
        }
    }

    /** Tells that it has published what it has thrown away. */
    static final class Losing extends NowAndThen {
        Losing(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            if (isNow()) {
                listener.onPublished(PublishListener.UNKNOWN);
            } else {
                transport.publish(frame, listener);
            }
        }
    }

    /** Sends again what it thinks was lost. */
    static final class Doubling extends NowAndThen {
        Doubling(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            boolean isTwice = isNow();
            byte[] copy = frame.bytes().clone();
            transport.publish(frame, listener);
            if (isTwice) {
                transport.publish(new OutgoingFrame(frame.address(), copy, Long.MAX_VALUE, false), new Unheard());
            }
        }
    }

    /** Lets one frame overtake another. */
    static final class Reordering extends NowAndThen {
        private @Nullable Runnable overtaken;

        Reordering(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            Runnable late;
            synchronized (this) {
                if (overtaken == null && isNow()) {
                    overtaken = () -> transport.publish(frame, new Unheard());
                    listener.onPublished(PublishListener.UNKNOWN);
                    return;
                }
                late = overtaken;
                overtaken = null;
            }
            transport.publish(frame, listener);
            if (late != null) {
                late.run();
            }
        }
    }

    /** Takes bytes for text. */
    static final class Rewriting extends Forwarding {
        Rewriting(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            byte[] rewritten = new String(frame.bytes(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            transport.publish(
                    new OutgoingFrame(frame.address(), rewritten, frame.notAfterNanos(), frame.wantsReceivers()),
                    listener);
        }
    }

    /** Does not look at the time. */
    static final class Timeless extends Forwarding {
        Timeless(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            transport.publish(
                    new OutgoingFrame(frame.address(), frame.bytes(), Long.MAX_VALUE, frame.wantsReceivers()),
                    listener);
        }
    }

    /** Looks at the time when it gets a frame, and not when it sends what has waited for the connection. */
    static final class Queueing extends Forwarding {
        private final FakeConnection connection;
        private final List<Runnable> waiting = new ArrayList<>();

        Queueing(BusTransport transport) {
            super(transport);
            connection = (FakeConnection) transport;
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            if (connection.isConnected()) {
                waiting.forEach(Runnable::run);
                waiting.clear();
                transport.publish(frame, listener);
            } else {
                waiting.add(() -> transport.publish(
                        new OutgoingFrame(frame.address(), frame.bytes(), Long.MAX_VALUE, false), new Unheard()));
                listener.onPublished(PublishListener.UNKNOWN);
            }
        }
    }

    /** Tells of a success, and then of a failure. */
    static final class Contradicting extends NowAndThen {
        Contradicting(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            transport.publish(frame, listener);
            if (isNow()) {
                listener.onFailed(ErrorCode.INTERNAL.error("changed my mind"));
            }
        }
    }

    /** Has nothing to tell, now and then. */
    static final class Silent extends NowAndThen {
        Silent(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            transport.publish(frame, isNow() ? new Unheard() : listener);
        }
    }

    /** Counts itself as well. */
    static final class Miscounting extends Forwarding {
        Miscounting(BusTransport transport) {
            super(transport);
        }

        @Override
        public ReceiverCount receiverCount() {
            return ReceiverCount.CONNECTIONS;
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            transport.publish(frame, new Unheard() {
                @Override
                public void onPublished(long receivers) {
                    listener.onPublished(receivers + 1);
                }

                @Override
                public void onFailed(PsrpcException failure) {
                    listener.onFailed(failure);
                }
            });
        }
    }

    /** Finds nobody where somebody is. */
    static final class Lonely extends Forwarding {
        Lonely(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            transport.publish(frame, listener);
            if (frame.wantsReceivers()) {
                listener.onNobodyThere();
            }
        }
    }

    /** Throws where it should tell of a failure. */
    static final class Throwing extends Forwarding {
        private volatile boolean isClosed;

        Throwing(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            if (isClosed) {
                throw new IllegalStateException("closed");
            }
            transport.publish(frame, listener);
        }

        @Override
        public void close() {
            isClosed = true;
            transport.close();
        }
    }

    /** For a publish whose listener does not hear of it. */
    private static class Unheard implements PublishListener {
        @Override
        public void onPublished(long receivers) {}

        @Override
        public void onNobodyThere() {}

        @Override
        public void onFailed(PsrpcException failure) {}
    }
}
