package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.PsrpcException;
import io.psrpc.ServerObserver;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusStats.DropReason;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Requests whose time is over before a handler has them. */
@Rows("C18")
class ExpiredRequestTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private final Desk desk = new Desk("s");
    private final List<String> expired = new CopyOnWriteArrayList<>();

    private MessageBus serveAll(Scene scene) {
        ServerObserver observer = new ServerObserver() {
            @Override
            public void onExpired(MethodInfo method, Duration lateBy) {
                expired.add(method.method() + " by " + lateBy.toMillis());
            }
        };
        MessageBus process = scene.process();
        scene.server(
                process,
                ServerOptions.builder().serverId("s").observer(observer),
                serve(ASK, desk),
                serve(ALL, desk),
                bid(1, desk));
        return process;
    }

    private static long expiredAt(MessageBus process) {
        return process.stats().dropped().getOrDefault(DropReason.EXPIRED, 0L);
    }

    private static void callAllThree(Scene scene) {
        RpcClient client = scene.client();
        scene.call(client, ASK, text("x"), CallOptions.timeout(TIMEOUT));
        scene.call(client, PICK, text("x"), CallOptions.timeout(TIMEOUT));
        scene.callAll(client, "x", CallOptions.timeout(TIMEOUT));
        scene.settle();
    }

    @OnEveryBus
    void areDroppedAndCountedAndNeverRun(Scene scene) {
        MessageBus process = serveAll(scene);
        scene.faults().delay(Kind.REQUEST, TIMEOUT.plusMillis(200), 1.0);

        callAllThree(scene);
        scene.passMillis(699);
        assertThat(expired).isEmpty();
        scene.passMillis(1);

        assertThat(expired).containsExactlyInAnyOrder("Ask by 200", "Pick by 200", "All by 200");
        assertThat(expiredAt(process)).isEqualTo(3);
        assertThat(desk.asked()).isEmpty();
        assertThat(scene.faults().count(Kind.CLAIM) + scene.faults().count(Kind.RESPONSE))
                .isZero();
    }

    @OnEveryBus
    void haveExpiredAtTheMomentOfTheirExpiry(Scene scene) {
        MessageBus process = serveAll(scene);
        scene.faults().delay(Kind.REQUEST, TIMEOUT, 1.0);

        callAllThree(scene);
        scene.passMillis(500);

        assertThat(expired).hasSize(3).allMatch(text -> text.endsWith("by 0"));
        assertThat(expiredAt(process)).isEqualTo(3);
        assertThat(desk.asked()).isEmpty();
    }

    @OnEveryBus
    void haveNotExpiredRightBeforeIt(Scene scene) {
        MessageBus process = serveAll(scene);
        scene.faults().delay(Kind.REQUEST, TIMEOUT.minusNanos(1), 1.0);

        Call<StringValue> call = scene.call(scene.client(), ASK, text("x"), CallOptions.timeout(TIMEOUT));
        scene.pass(TIMEOUT.minusNanos(1));

        assertThat(call.answer()).isEqualTo(text("s: x"));
        assertThat(expiredAt(process)).isZero();
    }

    @OnEveryBus(flavours = Flavour.ASYNC)
    void haveExpiredWithoutAnExpiry(Scene scene) {
        MessageBus process = serveAll(scene);
        Peer peer = scene.peer();
        Request request = Request.newBuilder()
                .setRequestId("REQ_1")
                .setClientId("CLI_1")
                .setSentAt(peer.epochNanos())
                .setSkipClaim(true)
                .setRawRequest(text("x").toByteString())
                .build();

        peer.request(ASK, request);
        peer.request(PICK, request);
        scene.settle();

        assertThat(expiredAt(process)).isEqualTo(2);
        assertThat(desk.asked()).isEmpty();
    }

    @OnEveryBus
    void areDroppedWhenTheyHaveWaitedForAThreadForTooLong(Scene scene) {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        MessageBus process = scene.process();
        scene.server(process, ServerOptions.builder().executor(waiting::add), serve(ASK, desk));
        RpcClient client = scene.client();

        Call<StringValue> call = scene.call(client, ASK, text("late"), CallOptions.timeout(TIMEOUT));
        scene.passMillis(500);
        assertThat(call.failure()).returns(ErrorCode.DEADLINE_EXCEEDED, PsrpcException::code);
        Call<StringValue> second = scene.call(client, ASK, text("in time"), CallOptions.timeout(TIMEOUT));
        scene.passMillis(499);
        waiting.forEach(Runnable::run);

        assertThat(second.answer()).isEqualTo(text("s: in time"));
        assertThat(desk.asked()).containsExactly("in time");
        assertThat(expiredAt(process)).isOne();
    }
}
