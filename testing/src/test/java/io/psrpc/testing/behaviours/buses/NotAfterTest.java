package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.PublisherOptions;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.Binding.UnaryHandler;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.wire.ClaimRequest;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Request;
import io.psrpc.wire.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames that wait between a process and its connection, as in a client library's queue, while the connection breaks and returns: they go
 * on to the broker until their time is over, and never after.
 */
@Rows("B17")
class NotAfterTest {
    private static final String CLIENT = "CLI_of_frames";
    private static final StringValue TEXT = Depot.text("text");

    /** A setting, and whether the frame's time is over when the connection is back. */
    record Passage(Setting setting, boolean isLate) {
        static Stream<Passage> all() {
            return Setting.all().flatMap(Passage::both);
        }

        static Stream<Passage> natsLike() {
            return Setting.natsLike().flatMap(Passage::both);
        }

        private static Stream<Passage> both(Setting setting) {
            return Stream.of(false, true).map(isLate -> new Passage(setting, isLate));
        }

        @Override
        public String toString() {
            return setting + (isLate ? ", too late" : ", in time");
        }
    }

    /** A client's process, a server's, and a peer that sees what reaches the broker. */
    private static final class Lines implements AutoCloseable {
        final Network network;
        final Passage passage;
        final Flavour flavour;
        final MessageBus serving;
        final RpcClient client;
        final RpcPublisher publisher;
        final MessageBus calling;
        private final List<Tampered> lines = new ArrayList<>();
        private final List<RpcServer> servers = new ArrayList<>();
        private final Message kind;
        private final String address;
        private final RawPeer.Ear ear;

        /** Keeps back frames of a kind that go to this channel. */
        Lines(Passage passage, Message kind, BusChannel channel) {
            this.passage = passage;
            this.kind = kind;
            flavour = passage.setting.flavour();
            network = Network.inline(passage.setting.broker());
            serving = process();
            calling = process();
            client = RpcClient.create(
                    calling,
                    Depot.all(),
                    ClientOptions.builder().clientId(CLIENT).build());
            publisher = RpcPublisher.create(
                    calling,
                    Depot.all(),
                    PublisherOptions.builder().timeout(Duration.ofSeconds(2)).build());
            RawPeer peer = network.peer();
            address = peer.address(channel);
            ear = peer.listen(channel);
            keep();
        }

        private void keep() {
            lines.forEach(
                    line -> line.keep(frame -> frame.address().equals(address) && Frames.isOf(kind, frame.bytes())));
        }

        private int kept() {
            return lines.stream().mapToInt(Tampered::kept).sum();
        }

        /** A first call that is not held up: the server knows the client's clock from then on. */
        void warmUp(MethodDefinition<StringValue, StringValue> method) {
            CompletableFuture<StringValue> call = call(method);
            lines.forEach(Tampered::letGo);
            Threads.join(call);
            ear.heard().clear();
            keep();
        }

        private MessageBus process() {
            return network.processAround(transport -> {
                Tampered line = new Tampered(transport, frame -> {});
                lines.add(line);
                return line;
            });
        }

        void serve(MethodDefinition<StringValue, StringValue> method, UnaryHandler<StringValue, StringValue> handler) {
            RpcServer server = RpcServer.create(serving, Depot.all(), ServerOptions.DEFAULT);
            servers.add(server);
            server.register(Binding.unary(method, Topic.NONE, handler));
        }

        CompletableFuture<StringValue> call(MethodDefinition<StringValue, StringValue> method) {
            return flavour.start(client, method, TEXT, CallOptions.DEFAULT);
        }

        /** One frame waits, and may do so for {@code left}: it reaches the broker if it is not too late. */
        void assertPassage(Duration left) {
            assertThat(kept()).isOne();
            assertThat(heard()).isZero();
            network.time().advance(left);
            if (passage.isLate) {
                network.time().advance(Duration.ofNanos(1));
            }
            network.faults().disconnect();
            network.faults().reconnect();
            lines.forEach(Tampered::letGo);
            assertThat(heard()).isEqualTo(passage.isLate ? 0 : 1);
        }

        private long heard() {
            return ear.heard().stream()
                    .filter(envelope -> Frames.isOf(kind, envelope))
                    .count();
        }

        @Override
        public void close() {
            network.time().advance(Duration.ofMinutes(1));
            servers.forEach(RpcServer::close);
            client.close();
            network.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#all")
    void aRequestGoesOutUntilItsDeadline(Passage passage) {
        AtomicInteger runs = new AtomicInteger();
        try (Lines lines = new Lines(passage, Request.getDefaultInstance(), Depot.requests(Depot.WORK))) {
            lines.serve(Depot.WORK, (ctx, request) -> {
                runs.incrementAndGet();
                return request;
            });
            CompletableFuture<StringValue> call = lines.call(Depot.WORK);

            lines.assertPassage(Duration.ofSeconds(3));

            assertThat(Threads.failure(call).code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(runs).hasValue(0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#all")
    void aBidGoesOutUntilItsRequestsDeadline(Passage passage) {
        try (Lines lines = new Lines(passage, ClaimRequest.getDefaultInstance(), Depot.bids(CLIENT))) {
            lines.serve(Depot.PICK, (ctx, request) -> request);
            CompletableFuture<StringValue> call = lines.call(Depot.PICK);

            lines.assertPassage(Duration.ofSeconds(3));

            assertThat(Threads.failure(call).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#all")
    void anAnnouncementGoesOutUntilItsRequestsDeadline(Passage passage) {
        try (Lines lines = new Lines(passage, ClaimRequest.getDefaultInstance(), Depot.bids(CLIENT))) {
            AtomicInteger runs = new AtomicInteger();
            lines.serve(Depot.WORK, (ctx, request) -> {
                if (runs.incrementAndGet() == 2) {
                    lines.network.time().advance(Duration.ofMillis(20));
                }
                return request;
            });
            lines.warmUp(Depot.WORK);
            CompletableFuture<StringValue> call = lines.call(Depot.WORK);

            lines.assertPassage(Duration.ofMillis(2980));

            assertThat(Threads.join(call)).isEqualTo(TEXT);
        }
    }

    /** It is of use for as long as the request is, and a second more for servers whose clocks differ. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#all")
    void aGrantGoesOutUntilASecondAfterItsDeadline(Passage passage) {
        AtomicInteger runs = new AtomicInteger();
        try (Lines lines = new Lines(passage, ClaimResponse.getDefaultInstance(), Depot.grants(Depot.PICK))) {
            lines.serve(Depot.PICK, (ctx, request) -> {
                runs.incrementAndGet();
                return request;
            });
            CompletableFuture<StringValue> call = lines.call(Depot.PICK);
            lines.network.time().advance(Duration.ofMillis(200));

            lines.assertPassage(Duration.ofMillis(3800));

            assertThat(Threads.failure(call).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(runs).hasValue(0);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#all")
    void aReleaseGoesOutUntilASecondAfterItsDeadline(Passage passage) {
        try (Lines lines = new Lines(passage, ClaimResponse.getDefaultInstance(), Depot.grants(Depot.PICK))) {
            lines.serve(Depot.PICK, (ctx, request) -> request);
            CompletableFuture<StringValue> call = lines.call(Depot.PICK);
            lines.client.close();

            lines.assertPassage(Duration.ofSeconds(4));

            assertThat(Threads.failure(call).code()).isEqualTo(ErrorCode.CANCELED);
        }
    }

    /** The client's clock decides whether it is late, so it gets a whole timeout of the server's, however little the request had left. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#all")
    void aResponseGoesOutForTheServersTimeout(Passage passage) {
        try (Lines lines = new Lines(passage, Response.getDefaultInstance(), Depot.responses(CLIENT))) {
            lines.serve(Depot.SOLO, (ctx, request) -> request);
            CompletableFuture<StringValue> call =
                    lines.flavour.start(lines.client, Depot.SOLO, TEXT, CallOptions.timeout(Duration.ofSeconds(1)));

            lines.assertPassage(Duration.ofSeconds(3));

            assertThat(Threads.failure(call).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#all")
    void anUpdateGoesOutForItsPublishersTimeout(Passage passage) {
        for (MethodDefinition<?, StringValue> method : List.of(Depot.ALERTS, Depot.NEWS, Depot.HINTS)) {
            try (Lines lines = new Lines(passage, TEXT, Depot.requests(method))) {
                CompletableFuture<Void> published = passage.setting.flavour() == Flavour.ASYNC
                        ? lines.publisher.publishAsync(method, Topic.NONE, TEXT)
                        : Threads.runUntilItWaits(() -> {
                            lines.publisher.publish(method, Topic.NONE, TEXT);
                            return null;
                        });

                lines.assertPassage(Duration.ofSeconds(2));

                assertEnded(passage, published);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#all")
    void whatIsPublishedOnANamedChannelGoesOutForTenSeconds(Passage passage) {
        BusChannel own = BusChannel.named("own");
        try (Lines lines = new Lines(passage, TEXT, own)) {
            CompletableFuture<Void> published = lines.calling.publish(own, TEXT);

            lines.assertPassage(Duration.ofSeconds(10));

            assertEnded(passage, published);
        }
    }

    /** Whoever publishes learns that it has not gone out, and never will. */
    private static void assertEnded(Passage passage, CompletableFuture<Void> published) {
        if (passage.isLate) {
            PsrpcException failure = Threads.failure(published);
            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        } else {
            Threads.join(published);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.psrpc.testing.behaviours.buses.NotAfterTest$Passage#natsLike")
    void aFrameIsHandedOnForTwoSeconds(Passage passage) {
        BusChannel handedOn = BusChannel.named("KEY.Depot.News.REQ");
        try (Lines lines = new Lines(passage, TEXT, handedOn)) {
            lines.serve(Depot.WORK, (ctx, request) -> request);
            lines.publisher.publish(Depot.NEWS, Topic.NONE, TEXT);

            lines.assertPassage(Duration.ofSeconds(2));

            assertThat(lines.serving.stats().dropped(DropReason.NOT_SERVED)).isEqualTo(passage.isLate ? 1 : 0);
        }
    }
}
