package io.psrpc.testing.contract;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import io.psrpc.testing.transports.Forwarding;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Transports that do one thing wrong with subscriptions and turns. */
final class BrokenSubscribing {
    private BrokenSubscribing() {}

    /** A listener between the broker and the real one. */
    private static class Between implements FrameListener {
        final FrameListener listener;

        Between(FrameListener listener) {
            this.listener = listener;
        }

        @Override
        public void onFrame(byte[] frame, Turn turn) {
            listener.onFrame(frame, turn);
        }

        @Override
        public void onGap() {
            listener.onGap();
        }
    }

    /** Confirms what it asks of the broker with the next frame only. */
    static final class Hasty extends Forwarding {
        private static final Queue<Runnable> LATER = new ConcurrentLinkedQueue<>();

        Hasty(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            transport.publish(frame, listener);
            for (Runnable next = LATER.poll(); next != null; next = LATER.poll()) {
                next.run();
            }
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            CompletableFuture<TransportSubscription> asked = new CompletableFuture<>();
            LATER.add(() -> transport.subscribe(address, delivery, listener).thenAccept(asked::complete));
            return CompletableFuture.completedFuture(() -> asked.thenCompose(TransportSubscription::unsubscribe));
        }
    }

    /** Confirms the end of what goes on. */
    static final class Endless extends Forwarding {
        Endless(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            return transport
                    .subscribe(address, delivery, listener)
                    .thenApply(subscription -> () -> CompletableFuture.completedFuture(null));
        }
    }

    /** Throws away what was on its way. */
    static final class Abrupt extends Forwarding {
        Abrupt(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            AtomicBoolean isEnding = new AtomicBoolean();
            Between between = new Between(listener) {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    if (!isEnding.get()) {
                        super.onFrame(frame, turn);
                    }
                }
            };
            return transport.subscribe(address, delivery, between).thenApply(subscription -> () -> {
                isEnding.set(true);
                return subscription.unsubscribe();
            });
        }
    }

    /** Delivers each frame on a thread of its own. */
    static final class Parallel extends Forwarding {
        Parallel(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            return transport.subscribe(address, delivery, new Between(listener) {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    host().executor().execute(() -> super.onFrame(frame, turn));
                }
            });
        }
    }

    /** Gives the publisher's own array to everyone. */
    static final class Sharing extends Forwarding {
        private static final Map<ByteBuffer, byte[]> PUBLISHED = new ConcurrentHashMap<>();

        Sharing(BusTransport transport) {
            super(transport);
        }

        @Override
        public void publish(OutgoingFrame frame, PublishListener listener) {
            PUBLISHED.put(ByteBuffer.wrap(frame.bytes().clone()), frame.bytes().clone());
            transport.publish(frame, listener);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            return transport.subscribe(address, delivery, new Between(listener) {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    super.onFrame(PUBLISHED.getOrDefault(ByteBuffer.wrap(frame), frame), turn);
                }
            });
        }
    }

    /** Waits for the broker where it should return, for a while. */
    static final class Blocking extends Forwarding {
        Blocking(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            CompletableFuture<TransportSubscription> confirmed =
                    transport.subscribe(address, delivery, listener).toCompletableFuture();
            try {
                return CompletableFuture.completedFuture(confirmed.get(2, TimeUnit.SECONDS));
            } catch (TimeoutException e) {
                return CompletableFuture.failedFuture(e);
            } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Knows one listener per address: the last one. */
    static final class Replacing extends Forwarding {
        private final Map<String, FrameListener> listeners = new ConcurrentHashMap<>();

        Replacing(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            listeners.put(address, listener);
            return transport.subscribe(address, delivery, new Between(listener) {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    if (listeners.get(address) == listener) {
                        super.onFrame(frame, turn);
                    }
                }
            });
        }
    }

    /** Says nothing of a gap. */
    static final class Gapless extends Forwarding {
        Gapless(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            return transport.subscribe(address, delivery, new Between(listener) {
                @Override
                public void onGap() {}
            });
        }
    }

    /** Says everything twice. */
    static final class Stammering extends Forwarding {
        Stammering(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            return transport.subscribe(address, delivery, new Between(listener) {
                @Override
                public void onGap() {
                    super.onGap();
                    super.onGap();
                }
            });
        }
    }

    /** Gives every member what is for one. */
    static final class Generous extends Forwarding {
        Generous(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            return transport.subscribe(address, delivery, new Between(listener) {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    super.onFrame(frame, Turn.HELD);
                }
            });
        }
    }

    /** Claims to have passed on what is gone. */
    static final class Careless extends Forwarding {
        Careless(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            return transport.subscribe(address, delivery, new Between(listener) {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    super.onFrame(
                            frame,
                            turn == Turn.HELD
                                    ? turn
                                    : new Turn() {
                                        @Override
                                        public CompletionStage<Boolean> take(Duration hold) {
                                            return turn.take(hold);
                                        }

                                        @Override
                                        public boolean pass() {
                                            return true;
                                        }
                                    });
                }
            });
        }
    }

    /** Names a channel anew each time. */
    static final class Moody extends Forwarding {
        private final AtomicInteger names = new AtomicInteger();

        Moody(BusTransport transport) {
            super(transport);
        }

        @Override
        public String address(BusChannel channel) {
            return transport.address(channel) + (channel.key().isEmpty() ? "" : names.incrementAndGet());
        }
    }

    /** Keeps its connection when it is closed. */
    static final class Staying extends Forwarding {
        Staying(BusTransport transport) {
            super(transport);
        }

        @Override
        public void close() {}
    }
}
