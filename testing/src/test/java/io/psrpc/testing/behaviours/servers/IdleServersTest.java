package io.psrpc.testing.behaviours.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.CallOptions;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;

/** A server for each room, as many as a cluster has; {@code scripts/run-load IdleServers} prints what they cost. */
@Timeout(60)
class IdleServersTest {
    private static final int SERVERS = 10_000;

    @OnEveryBus(flavours = Flavour.BLOCKING)
    @Rows("C40")
    void tenThousandIdleServersAreObjectsAlone(Scene scene) {
        MessageBus process = scene.process();
        RpcClient client = scene.client(process);
        int subscriptions = process.stats().subscriptions();
        int threads = Thread.getAllStackTraces().size();

        List<RpcServer> servers = IntStream.range(0, SERVERS)
                .mapToObj(i -> {
                    RpcServer server = RpcServer.create(
                            process,
                            Store.SERVICE,
                            ServerOptions.builder().serverId("SRV_" + i).build());
                    server.register(Store.answer(Store.AISLE_FETCH, "aisle " + i, "from " + i));
                    return server;
                })
                .toList();

        assertThat(Thread.getAllStackTraces().size() - threads).as("threads").isLessThan(10);
        assertThat(scene.time().pendingTimers()).as("timers").isZero();
        assertThat(
                        scene.network() == Network.LOCAL
                                ? 1
                                : scene.broker().connections().size())
                .as("connections")
                .isOne();
        for (int i = 0; i < SERVERS; i += SERVERS / 10) {
            assertThat(client.request(
                            Store.AISLE_FETCH, Topic.of("aisle " + i), Store.text("apple"), CallOptions.DEFAULT))
                    .isEqualTo(Store.text("from " + i));
        }

        servers.forEach(RpcServer::close);

        assertThat(process.stats().subscriptions()).as("subscriptions").isEqualTo(subscriptions);
    }
}
