package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.FrameListener;
import io.psrpc.bus.MessageBus;
import io.psrpc.bus.OutgoingFrame;
import io.psrpc.bus.PublishListener;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.bus.Turn;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.transports.Forwarding;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A client may choose a server on a bid of one delivery while the server asks the broker for another delivery's turn. */
@Rows("C41")
class GrantBeforeBidTest {
    private final Queue<Runnable> handlers = new ArrayDeque<>();
    private final Queue<Runnable> interruptions = new ArrayDeque<>();
    private final Map<String, FrameListener> heard = new HashMap<>();

    @Test
    void aRequestThatWaitsForItsHandlerIsNotForgottenAsItsOwnDuplicate() {
        try (Network network = Network.inline(BrokerKind.REDIS_LIKE)) {
            RawPeer client = network.peer();
            RawPeer.Ear responses = client.listen(Depot.responses("CLI_old"));
            MessageBus bus = network.processAround(Interrupted::new);
            ServerOptions options =
                    ServerOptions.builder().executor(handlers::add).build();
            try (RpcServer server = Depot.server(bus, options, Depot.WORK, (ctx, request) -> request)) {
                byte[] grant = Frames.of(Frames.grant("REQ_1", server.serverId()))
                        .build()
                        .toByteArray();
                FrameListener grants = Objects.requireNonNull(heard.get(client.address(Depot.grants(Depot.WORK))));
                interruptions.add(() -> grants.onFrame(grant, Turn.HELD));
                client.publish(
                        Depot.requests(Depot.WORK),
                        Frames.of(Frames.request(network.time(), "REQ_1", "CLI_old", "work")
                                .build()));

                assertThat(handlers).hasSize(1);
                assertThat(network.held().handlers()).isOne();
                assertThat(bus.stats().dropped(DropReason.DUPLICATE)).isZero();
                handlers.remove().run();
                assertThat(responses.heard()).hasSize(1);
                assertThat(network.held().handlers()).isZero();
            }
        }
    }

    /** A connection that cannot bid with a turn; something happens before it says so. */
    private final class Interrupted extends Forwarding {
        Interrupted(BusTransport transport) {
            super(transport);
        }

        @Override
        public CompletionStage<TransportSubscription> subscribe(
                String address, Delivery delivery, FrameListener listener) {
            heard.put(address, listener);
            return super.subscribe(address, delivery, new FrameListener() {
                @Override
                public void onFrame(byte[] frame, Turn turn) {
                    listener.onFrame(frame, turn == Turn.HELD ? turn : new InterruptedTurn(turn));
                }

                @Override
                public void onGap() {
                    listener.onGap();
                }
            });
        }

        private final class InterruptedTurn implements Turn {
            private final Turn turn;

            InterruptedTurn(Turn turn) {
                this.turn = turn;
            }

            @Override
            public CompletionStage<Boolean> take(Duration hold) {
                return turn.take(hold);
            }

            @Override
            public @Nullable CompletionStage<Boolean> takeAndPublish(
                    Duration hold, OutgoingFrame frame, PublishListener listener) {
                interruptions.remove().run();
                return null;
            }
        }
    }
}
