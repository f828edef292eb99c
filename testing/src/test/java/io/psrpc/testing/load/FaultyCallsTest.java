package io.psrpc.testing.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Int64Value;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import io.psrpc.testing.Faults;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * 100,000 calls in manual time over a transport that drops, doubles and delays 5 % each of all frames. Every call must end as the
 * faults that were drawn for its own frames say, and no handler may run twice for a request. The prediction ({@link Prediction}) knows
 * the wire protocol, not the engine.
 */
class FaultyCallsTest {
    private static final int CALLS = 100_000;
    private static final int BATCH = 1_000;
    private static final double SHARE = 0.05;
    private static final float[] AFFINITIES = {0.2f, 0.9f, 0.5f};

    private final ManualTime time = new ManualTime();
    private final Faults faults = Faults.seeded(20_261_124);
    private final DrawnFaults drawn = new DrawnFaults();
    private final HandlerRuns runs = new HandlerRuns();
    private final List<RpcServer> servers = new ArrayList<>();

    /** How one call is made, and what its end says of it. */
    private record Made(int call, String requestId, MethodDefinition<?, ?> method, CompletableFuture<String> end) {}

    @Test
    @Rows({"C01", "C02", "C41", "C42", "N04"})
    void eachOf100000CallsEndsAsTheFaultsOfItsFramesPredict() {
        faults.observe(drawn);
        BusOptions options = BusOptions.builder()
                .time(time)
                .executor(Runnable::run)
                .randomSeed(1)
                .build();
        MessageBus bus = MessageBus.over(faults.around(LocalBroker.create().transport()), options);
        startServers(bus);
        RpcClient client = RpcClient.create(bus, LoadService.SERVICE, ClientOptions.DEFAULT);
        client.requestAsync(LoadService.QUEUE, Topic.NONE, Int64Value.of(-1), CallOptions.DEFAULT)
                .join();
        drawFaults();

        List<MethodDefinition<Int64Value, Int64Value>> methods = List.of(
                LoadService.QUEUE, LoadService.SINGLE, LoadService.AFFINITY, LoadService.MULTI, LoadService.CLAIMED);
        for (int first = 0; first < CALLS; first += BATCH) {
            List<Made> batch = new ArrayList<>();
            for (int call = first; call < first + BATCH; call++) {
                batch.add(make(client, call, methods.get(call % methods.size())));
            }
            time.advance(Duration.ofSeconds(4));
            batch.forEach(this::check);
        }

        faults.clear();
        time.advance(Duration.ofMinutes(2));
        client.close();
        servers.forEach(RpcServer::close);
        assertThat(((EngineBus) bus).inventory()).isEqualTo(Inventory.EMPTY);
        assertThat(time.pendingTimers()).isZero();
        bus.close();
    }

    private void drawFaults() {
        for (Kind kind : List.of(Kind.REQUEST, Kind.CLAIM, Kind.GRANT, Kind.RESPONSE)) {
            faults.drop(kind, SHARE);
            faults.duplicate(kind, SHARE);
            faults.delay(kind, Duration.ofMillis(50), SHARE);
        }
    }

    private void startServers(MessageBus bus) {
        for (int i = 0; i < AFFINITIES.length; i++) {
            int number = i;
            RpcServer server = RpcServer.create(
                    bus,
                    LoadService.SERVICE,
                    ServerOptions.builder().serverId("SRV_" + i).build());
            server.register(
                    Binding.unary(LoadService.QUEUE, Topic.NONE, runs.handler(number)),
                    Binding.unary(LoadService.MULTI, Topic.NONE, runs.handler(number)),
                    Binding.unary(
                            LoadService.AFFINITY,
                            Topic.NONE,
                            runs.handler(number),
                            (ctx, request) -> AFFINITIES[number]));
            servers.add(server);
        }
        RpcServer alone = RpcServer.create(bus, LoadService.SERVICE, ServerOptions.DEFAULT);
        alone.register(Binding.unary(LoadService.SINGLE, Topic.NONE, runs.handler(0)));
        servers.add(alone);
        RpcServer claiming = RpcServer.create(
                bus,
                LoadService.SERVICE,
                ServerOptions.builder().claimSkipping(() -> false).build());
        claiming.register(Binding.unary(LoadService.CLAIMED, Topic.NONE, runs.handler(0)));
        servers.add(claiming);
    }

    private Made make(RpcClient client, int call, MethodDefinition<Int64Value, Int64Value> method) {
        Int64Value request = Int64Value.of(call);
        CompletableFuture<String> end;
        if (method == LoadService.MULTI) {
            end = client.requestAllAsync(method, Topic.NONE, request, CallOptions.DEFAULT, response -> {})
                    .handle((answers, failure) -> failure == null ? serverIds(answers) : describe(failure));
        } else {
            end = client.requestAsync(method, Topic.NONE, request, CallOptions.DEFAULT)
                    .handle((answer, failure) -> failure == null ? "answer " + answer.getValue() : describe(failure));
        }
        return new Made(call, drawn.lastRequestId(), method, end);
    }

    private static String serverIds(List<Response<Int64Value>> answers) {
        return answers.stream().map(Response::serverId).sorted().toList().toString();
    }

    private static String describe(Throwable failure) {
        PsrpcException e = PsrpcException.from(failure);
        return e.code() + " " + e.getMessage();
    }

    private void check(Made made) {
        Prediction prediction = Prediction.of(made.method(), drawn.of(made.requestId()));
        assertThat(made.end())
                .as("call %d of %s, %s", made.call(), made.method(), drawn.of(made.requestId()))
                .isCompletedWithValue(prediction.end(made.method(), made.call()));
        assertThat(prediction.isRunBy(runs.of(made.requestId())))
                .as(
                        "call %d of %s, %s, run by %s",
                        made.call(), made.method(), drawn.of(made.requestId()), runs.of(made.requestId()))
                .isTrue();
        drawn.forget(made.requestId());
        runs.forget(made.requestId());
    }
}
