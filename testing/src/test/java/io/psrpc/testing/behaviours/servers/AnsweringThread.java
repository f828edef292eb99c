package io.psrpc.testing.behaviours.servers;

import io.psrpc.PsrpcException;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportHost;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/** A connection that gives every answer on one thread of its own, as the event loop of a broker's client does. */
final class AnsweringThread extends ForwardingTransport {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(task, "answering");
        own.setDaemon(true);
        return own;
    });

    private final ReentrantLock delivering = new ReentrantLock();

    AnsweringThread(BusTransport transport) {
        super(transport);
    }

    /** Whether the current thread is such a one. */
    static boolean isCurrent() {
        return Thread.currentThread().getName().equals("answering");
    }

    private <T> CompletionStage<T> there(CompletionStage<T> stage) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        stage.whenComplete((value, failure) -> thread.execute(() -> {
            delivering.lock();
            try {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else {
                    answer.complete(value);
                }
            } finally {
                delivering.unlock();
            }
        }));
        return answer;
    }

    @Override
    public CompletionStage<Void> start(TransportHost host) {
        return there(super.start(host));
    }

    @Override
    public void publish(OutgoingFrame frame, PublishListener listener) {
        super.publish(frame, new PublishListener() {
            @Override
            public void onPublished(long receivers) {
                thread.execute(() -> listener.onPublished(receivers));
            }

            @Override
            public void onNobodyThere() {
                thread.execute(listener::onNobodyThere);
            }

            @Override
            public void onFailed(PsrpcException failure) {
                thread.execute(() -> listener.onFailed(failure));
            }
        });
    }

    @Override
    public CompletionStage<TransportSubscription> subscribe(String address, Delivery delivery, FrameListener listener) {
        FrameListener asking = new FrameListener() {
            @Override
            public void onFrame(byte[] frame, Turn turn) {
                // Whoever asks for the turn is to hear of it over there.
                delivering.lock();
                try {
                    listener.onFrame(frame, new AnsweredTurn(turn));
                } finally {
                    delivering.unlock();
                }
            }

            @Override
            public void onGap() {
                listener.onGap();
            }
        };
        return there(super.subscribe(address, delivery, asking))
                .thenApply(subscription -> () -> there(subscription.unsubscribe()));
    }

    /** Not at once, since what goes before may be on its way there. */
    @Override
    public void close() {
        super.close();
        thread.shutdown();
    }

    private final class AnsweredTurn implements Turn {
        private final Turn turn;

        AnsweredTurn(Turn turn) {
            this.turn = turn;
        }

        @Override
        public CompletionStage<Boolean> take(Duration hold) {
            return there(turn.take(hold));
        }

        @Override
        public boolean pass() {
            return turn.pass();
        }
    }
}
