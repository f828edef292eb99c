package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static io.psrpc.testing.behaviours.servers.Outcome.assertFails;
import static io.psrpc.testing.behaviours.servers.Outcome.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.ErrorCode;
import io.psrpc.Registration;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Rows("C09")
class TopicGroupTest {
    private static final Duration START = Duration.ofSeconds(10);

    private static Binding[] group(String aisle) {
        return new Binding[] {
            Store.answer(Store.AISLE_FETCH, aisle, aisle),
            Store.answer(Store.AISLE_LOCK, aisle, aisle),
            Store.answer(Store.AISLE_COUNT, aisle, aisle)
        };
    }

    @OnEveryBus
    void aGroupIsRegisteredAndClosedAsOne(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1");
        RpcClient client = scene.client(scene.process());

        Registration registration = server.register(group("A"));
        assertThat(answerOf(scene.callOn("A", client, Store.AISLE_FETCH))).isEqualTo("A");
        assertThat(answerOf(scene.callOn("A", client, Store.AISLE_LOCK))).isEqualTo("A");

        registration.close();
        assertNobodyServes(scene, client, "A");
    }

    @OnEveryBus
    void aGroupWithOneThatIsServedAlreadyIsTakenBack(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1");
        RpcClient client = scene.client(scene.process());
        Registration inTheWay = server.register(Store.answer(Store.AISLE_COUNT, "A", "in the way"));
        Inventory before = scene.inventory();

        assertThat(failureOf(Flavour.aside(() -> server.register(group("A")))).code())
                .isEqualTo(ErrorCode.ALREADY_EXISTS);

        assertThat(scene.inventory()).isEqualTo(before);
        assertNobodyServes(scene, client, "A");
        inTheWay.close();
        server.register(group("A"));
        assertThat(answerOf(scene.callOn("A", client, Store.AISLE_FETCH))).isEqualTo("A");
    }

    @OnEveryBus(networks = {Network.REDIS_LIKE, Network.NATS_LIKE})
    void aGroupOfWhichTheBrokerRefusesOneIsTakenBack(Scene scene) {
        RpcServer server = scene.server(scene.process(), "SRV_1");
        RpcClient client = scene.client(scene.process());
        List<String> before = scene.broker().subscribedAddresses();
        String refused = scene.network() == Network.REDIS_LIKE ? "Store|AisleCount|A|REQ" : "SRV.Store.A.Q";
        scene.broker().refuse(refused::equals);

        CompletableFuture<Void> registered = Flavour.aside(() -> server.register(group("A")));

        assertThat(failureOf(registered).code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
        assertThat(scene.broker().subscribedAddresses()).isEqualTo(before);
        scene.broker().refuse(address -> false);
        assertNobodyServes(scene, client, "A");
        server.register(group("A"));
        assertThat(answerOf(scene.callOn("A", client, Store.AISLE_FETCH))).isEqualTo("A");
    }

    @OnEveryBus(flavours = {})
    void aGroupThatIsNotConfirmedInTimeIsTakenBackWhenItIs(Scene scene) {
        for (int confirmed = 0; confirmed < 2; confirmed++) {
            HeldConfirmations held = new HeldConfirmations();
            scene.wrap(held::around);
            var process = scene.process();
            RpcServer server = scene.server(process, ServerOptions.builder().serverId("SRV_1"));
            Inventory before = scene.inventory();
            held.hold(true);
            CompletableFuture<Void> registered = Flavour.aside(() -> server.register(group("A")));
            scene.time().awaitTimers(1);
            held.giveFlights(confirmed);

            scene.time().advance(START);

            assertFails(
                    registered,
                    ErrorCode.UNAVAILABLE,
                    "registering at server SRV_1 of Store: not confirmed by "
                            + ((io.psrpc.internal.bus.EngineBus) process).name() + " within PT10S");
            held.hold(false);
            scene.await("taken back", () -> scene.inventory().equals(before));
            server.close();
        }
    }

    private static void assertNobodyServes(Scene scene, RpcClient client, String aisle) {
        for (var method : List.of(Store.AISLE_FETCH, Store.AISLE_LOCK)) {
            assertFails(scene.callOn(aisle, client, method), ErrorCode.UNAVAILABLE, "no response from servers");
        }
    }
}
