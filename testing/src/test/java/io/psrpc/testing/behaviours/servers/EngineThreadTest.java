package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.PsrpcException;
import io.psrpc.ServerObserver;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocking calls from within users' code: they are made on workers and on threads of users, and refused on threads of the engine. */
@Timeout(60)
@Rows("C39")
class EngineThreadTest {
    private static final String REFUSED =
            "Store.Lock: blocking call on an engine thread (expected: the async variant, or"
                    + " another thread; with the executor Runnable::run handlers and callbacks run on engine threads)";

    /** What comes of a blocking call at each event. */
    private final Map<String, CompletableFuture<String>> calls = new ConcurrentHashMap<>();

    static Stream<Arguments> everywhere() {
        return BlockedCodeTest.everywhere();
    }

    static Stream<Arguments> bothExecutors() {
        return Stream.of(Network.values())
                .flatMap(network -> Stream.of(true, false).map(isOwn -> Arguments.of(isOwn, new Scene(network))));
    }

    private static BusOptions.Builder inPlace() {
        return BusOptions.builder().executor(Runnable::run);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void workersMayMakeBlockingCalls(Place place, Scene scene) {
        assertThat(Outcome.of(callFrom(place, new Workplace(scene, BusOptions::builder))))
                .isEqualTo("locked");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void anExecutorThatRunsInPlaceMakesThemFailAtOnce(Place place, Scene scene) {
        CompletableFuture<String> call = callFrom(place, new Workplace(scene, EngineThreadTest::inPlace));

        if (place.mayComeToAnEngineThread()) {
            Outcome.assertFails(call, ErrorCode.FAILED_PRECONDITION, REFUSED);
        } else {
            assertThat(Outcome.of(call)).isEqualTo("locked");
        }
    }

    @ParameterizedTest(name = "own workers: {0}, {1}")
    @MethodSource("bothExecutors")
    void observersAndTheSwitchForClaimsAreAlwaysCalledInline(boolean isOwn, Scene scene) {
        Supplier<BusOptions.Builder> options = isOwn ? BusOptions::builder : EngineThreadTest::inPlace;
        Workplace at = new Workplace(scene, options);
        Observers observers = new Observers(at);
        observers.serve();
        RpcClient client = scene.client(
                at.home(), ClientOptions.builder().observer(observers).build());

        // A client's first request is one that must be bid for, and the switch is not asked.
        for (String text : List.of("first", "second")) {
            CompletableFuture<StringValue> call =
                    client.requestAsync(Store.FETCH, Topic.NONE, Store.text(text), CallOptions.DEFAULT);
            assertThat(Outcome.answerOf(call)).isEqualTo("fetched");
        }
        Peer peer = scene.peer();
        peer.send(Store.FETCH, peer.request("expired", Duration.ZERO).build());

        for (String event : List.of("received", "claimed", "expired", "may skip", "selected", "answered")) {
            Outcome.assertFails(callAt(event), ErrorCode.FAILED_PRECONDITION, REFUSED);
        }
        assertThat(Outcome.of(callAt("asked"))).isEqualTo("locked");
    }

    /** What a blocking call comes to that is made there; the rest ends well all the same. */
    private static CompletableFuture<String> callFrom(Place place, Workplace at) {
        CompletableFuture<String> call = new CompletableFuture<>();
        Outcome.of(place.begin(at, () -> make(call, at)));
        return call;
    }

    private static void make(CompletableFuture<String> call, Workplace at) {
        try {
            call.complete(at.callBlocking());
        } catch (PsrpcException e) {
            call.completeExceptionally(e);
        }
    }

    private CompletableFuture<String> callAt(String event) {
        return Objects.requireNonNull(calls.computeIfAbsent(event, key -> new CompletableFuture<>()));
    }

    /** Everyone who watches, and the switch: each makes a blocking call. */
    private final class Observers implements ClientObserver, ServerObserver {
        private final Workplace at;

        Observers(Workplace at) {
            this.at = at;
        }

        /** Serves a method under their eyes. */
        void serve() {
            ServerOptions.Builder options = ServerOptions.builder()
                    .observer(this)
                    .claimSkipping(() -> {
                        make(callAt("may skip"), at);
                        return false;
                    });
            at.serve(options, Store.answer(Store.FETCH, "fetched"));
        }

        @Override
        public void onReceived(MethodInfo method) {
            make(callAt("received"), at);
        }

        @Override
        public void onClaim(MethodInfo method, ClaimOutcome outcome, Duration wait) {
            make(callAt("claimed"), at);
        }

        @Override
        public void onExpired(MethodInfo method, Duration lateBy) {
            make(callAt("expired"), at);
        }

        @Override
        public void onRequest(ClientCall call) {
            make(callAt("asked"), at);
        }

        @Override
        public void onSelected(ClientCall call, String serverId, int bids, Duration wait) {
            make(callAt("selected"), at);
        }

        @Override
        public void onResponse(ClientCall call, @Nullable PsrpcException failure, Duration took) {
            make(callAt("answered"), at);
        }
    }
}
