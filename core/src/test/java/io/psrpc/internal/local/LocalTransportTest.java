package io.psrpc.internal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import io.psrpc.internal.execution.EngineThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class LocalTransportTest {
    private final LocalExchange exchange = new LocalExchange();
    private final Bus a = new Bus(exchange, Runnable::run);
    private final Bus b = new Bus(exchange, Runnable::run);
    private final List<String> log = new ArrayList<>();

    @Test
    void saysWhatItIs() {
        BusTransport transport = a.transport;
        assertThat(transport.name()).isEqualTo("local");
        assertThat(transport.address(new BusChannel("flat", "subject", "key"))).isEqualTo("flat");
        assertThat(transport.keyAddress(BusChannel.named("x"))).isNull();
        assertThat(transport.sharesAddresses()).isFalse();
        assertThat(transport.receiverCount()).isEqualTo(ReceiverCount.CONNECTIONS);
        assertThat(a.host.states).extracting(BusState::status).containsExactly(BusState.Status.CONNECTED);
    }

    @Test
    void everySubscriberOfAnyConnectionGetsAFrame() {
        a.subscribe("x", text -> log.add("a " + text));
        b.subscribe("x", text -> log.add("b " + text));
        b.subscribe("y", text -> log.add("other " + text));
        a.publish("x", "1");
        assertThat(log).containsExactly("a 1", "b 1");
        assertThat(a.published.receivers).containsExactly(2L);
    }

    @Test
    void exchangesDoNotMeet() {
        new Bus(new LocalExchange(), Runnable::run).subscribe("x", log::add);
        a.publish("x", "1");
        assertThat(log).isEmpty();
    }

    @Test
    void publishingToNobodyCountsNone() {
        a.publish("x", "1");
        assertThat(a.published.receivers).containsExactly(0L);
        assertThat(exchange.size()).isZero();
    }

    @Test
    void countsConnectionsNotSubscriptions() {
        a.subscribe("x", log::add);
        a.subscribe("x", log::add);
        a.join("x", (text, turn) -> {});
        b.join("x", (text, turn) -> {});
        a.publish("x", "1");
        assertThat(a.published.receivers).containsExactly(2L);
    }

    @Test
    void eachReceiverOwnsItsBytes() {
        List<byte[]> frames = new ArrayList<>();
        FrameListener listener = new FrameListener() {
            @Override
            public void onFrame(byte[] frame, Turn turn) {
                frames.add(frame);
                frame[0]++;
            }

            @Override
            public void onGap() {}
        };
        a.transport.subscribe("x", Delivery.EVERY_SUBSCRIBER, listener);
        b.transport.subscribe("x", Delivery.EVERY_SUBSCRIBER, listener);
        b.transport.subscribe("x", Delivery.ONE_OF_GROUP, listener);
        a.transport.publish(new OutgoingFrame("x", new byte[] {1}, Long.MAX_VALUE, false), a.published);
        assertThat(frames).hasSize(3).allSatisfy(frame -> assertThat(frame).containsExactly(2));
    }

    @Test
    void plainSubscriptionsHoldTheirTurn() {
        List<Turn> turns = new ArrayList<>();
        a.transport.subscribe("x", Delivery.EVERY_SUBSCRIBER, new FrameListener() {
            @Override
            public void onFrame(byte[] frame, Turn turn) {
                turns.add(turn);
            }

            @Override
            public void onGap() {}
        });
        a.publish("x", "1");
        assertThat(turns).containsExactly(Turn.HELD);
    }

    @Test
    void nothingIsDeliveredAfterUnsubscribing() {
        TransportSubscription subscription = a.subscribe("x", log::add);
        a.publish("x", "1");
        assertThat(subscription.unsubscribe().toCompletableFuture()).isDone();
        a.publish("x", "2");
        assertThat(log).containsExactly("1");
        assertThat(a.published.receivers).containsExactly(1L, 0L);
        assertThat(exchange.size()).isZero();
        assertThat(subscription.unsubscribe().toCompletableFuture()).isDone();
    }

    @Test
    void unsubscribingInsideADeliveryLeavesTheFramesBefore() {
        TransportSubscription[] subscription = new TransportSubscription[1];
        CompletableFuture<Void> ended = new CompletableFuture<>();
        subscription[0] = a.subscribe("x", text -> {
            log.add(text);
            if (text.equals("1")) {
                a.publish("x", "2");
                subscription[0].unsubscribe().thenRun(() -> {
                    log.add("ended");
                    ended.complete(null);
                });
                a.publish("x", "3");
                assertThat(ended).isNotDone();
            }
        });
        a.publish("x", "1");
        assertThat(log).containsExactly("1", "2", "ended");
        assertThat(a.published.receivers).containsExactly(1L, 1L, 0L);
    }

    @Test
    void nothingIsDeliveredAfterClosing() {
        TransportSubscription subscription = b.subscribe("x", log::add);
        b.join("y", (text, turn) -> log.add(text));
        b.transport.close();
        b.transport.close();
        a.publish("x", "1");
        a.publish("y", "1");
        assertThat(log).isEmpty();
        assertThat(exchange.size()).isZero();
        assertThat(subscription.unsubscribe().toCompletableFuture()).isDone();
    }

    @Test
    void frameThatWaitsWhenItsReceiverClosesIsNotDelivered() {
        b.subscribe("x", log::add);
        a.subscribe("y", text -> {
            a.publish("x", "1");
            b.transport.close();
        });
        a.publish("y", "go");
        assertThat(log).isEmpty();
        assertThat(a.published.receivers).containsExactly(1L, 0L);
    }

    @Test
    void closedConnectionNeitherPublishesNorSubscribesNorStarts() {
        a.transport.close();
        a.publish("x", "1");
        assertThat(a.published.failures).extracting(PsrpcException::code).containsExactly(ErrorCode.UNAVAILABLE);
        assertUnavailable(() -> a.subscribe("x", log::add));
        assertUnavailable(() -> a.transport.start(a.host).toCompletableFuture().join());
        assertThat(exchange.size()).isZero();
    }

    @Test
    void connectionThatIsNotStartedNeitherPublishesNorSubscribes() {
        BusTransport transport = exchange.connect();
        transport.publish(new OutgoingFrame("x", new byte[1], Long.MAX_VALUE, false), a.published);
        assertThat(a.published.failures).hasSize(1);
        assertThat(transport.subscribe("x", Delivery.EVERY_SUBSCRIBER, new FrameListener() {
                    @Override
                    public void onFrame(byte[] frame, Turn turn) {}

                    @Override
                    public void onGap() {}
                }))
                .isCompletedExceptionally();
    }

    @Test
    void frameDoesNotGoOutAfterItsTime() {
        b.subscribe("x", log::add);
        a.host.nanos = 100;
        a.publish("x", "in time", 100);
        a.publish("x", "late", 99);
        assertThat(log).containsExactly("in time");
        assertThat(a.published.failures).extracting(PsrpcException::code).containsExactly(ErrorCode.UNAVAILABLE);
    }

    @Test
    void frameWhoseTimeIsOverWhileItWaitsDoesNotGoOut() {
        b.subscribe("x", log::add);
        a.subscribe("y", text -> {
            a.publish("x", "1", 100);
            a.host.nanos = 101;
        });
        a.publish("y", "go");
        assertThat(log).isEmpty();
        assertThat(a.published.failures).hasSize(1);
    }

    @Test
    void largestNotAfterTimeMeansNeverWhereverTheClockStands() {
        b.subscribe("x", log::add);
        a.host.nanos = Long.MIN_VALUE + 1;
        a.publish("x", "1", Long.MAX_VALUE);
        assertThat(log).containsExactly("1");
    }

    @Test
    void failingListenersAreNoOneElsesBusiness() {
        a.subscribe("x", text -> {
            throw new IllegalStateException("thrown on purpose");
        });
        b.subscribe("x", log::add);
        a.publish("x", "1");
        a.transport.publish(new OutgoingFrame("x", new byte[] {'2'}, Long.MAX_VALUE, false), new FailingListener());
        a.transport.publish(new OutgoingFrame("x", new byte[] {'3'}, -1, false), new FailingListener());
        a.publish("x", "4");
        assertThat(log).containsExactly("1", "2", "4");
        assertThat(a.published.receivers).containsExactly(2L, 2L);
    }

    @Test
    void deliversOnAnEngineThread() {
        a.subscribe("x", text -> log.add("engine: " + EngineThread.isCurrent()));
        a.publish("x", "1");
        assertThat(log).containsExactly("engine: true");
        assertThat(EngineThread.isCurrent()).isFalse();
    }

    private static void assertUnavailable(Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        PsrpcException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
