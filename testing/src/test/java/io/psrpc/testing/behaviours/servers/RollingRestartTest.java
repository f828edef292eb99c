package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;

/** Time stands still, so a request that got lost would not even end. */
@Timeout(60)
@Rows("C26")
class RollingRestartTest {
    private static final int SERVERS = 3;
    private static final int RESTARTS = 2 * SERVERS;
    private static final int CALLERS = 8;
    private static final int CALLS = 2_000;
    private static final int CALLS_PER_RESTART = CALLS / (RESTARTS + 1);

    /** What has answered how often. */
    private final Map<String, AtomicInteger> served = new ConcurrentHashMap<>();

    @OnEveryBus
    void threeQueueServersRestartedInTurnUnderLoadCostNoCall(Scene scene) {
        scene.withReaders();
        List<Member> processes = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            processes.add(start(scene));
        }
        Load load = new Load(scene, scene.client(scene.process()));

        for (int i = 0; i < RESTARTS; i++) {
            int ended = CALLS_PER_RESTART * (i + 1);
            scene.await(ended + " calls", () -> load.ended.get() >= ended);
            processes.set(i % SERVERS, start(scene, processes.get(i % SERVERS)));
        }

        scene.await("all calls", () -> load.ended.get() == CALLS);
        assertThat(load.failures).isEmpty();
        assertThat(served).hasSize(SERVERS + RESTARTS);
        assertThat(served.values().stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(CALLS);
    }

    private record Member(MessageBus bus, RpcServer server) {}

    private Member start(Scene scene, Member before) {
        before.server().close();
        before.bus().close();
        return start(scene);
    }

    private Member start(Scene scene) {
        MessageBus bus = scene.process();
        AtomicInteger count = new AtomicInteger();
        RpcServer server = scene.server(bus, "SRV_" + (served.size() + 1), Store.serve(Store.FETCH, (ctx, request) -> {
            count.incrementAndGet();
            return request;
        }));
        served.put(server.serverId(), count);
        return new Member(bus, server);
    }

    /** Callers of whom each calls again when he has been answered. */
    private static final class Load {
        final AtomicInteger ended = new AtomicInteger();
        final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicInteger started = new AtomicInteger();
        private final Scene scene;
        private final RpcClient client;

        Load(Scene scene, RpcClient client) {
            this.scene = scene;
            this.client = client;
            for (int i = 0; i < CALLERS; i++) {
                callNext();
            }
        }

        private void callNext() {
            int number = started.incrementAndGet();
            if (number <= CALLS) {
                String text = "call " + number;
                scene.call(client, Store.FETCH, text).whenComplete((answer, failure) -> end(text, answer, failure));
            }
        }

        private void end(String text, @Nullable StringValue answer, @Nullable Throwable failure) {
            if (answer == null || !answer.getValue().equals(text)) {
                failures.add(text + ": " + answer + ", " + failure);
            }
            ended.incrementAndGet();
            callNext();
        }
    }
}
