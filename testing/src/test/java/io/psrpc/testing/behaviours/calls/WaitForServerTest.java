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
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.BusTransport.ReceiverCount;
import io.psrpc.stub.RpcClient;
import java.time.Duration;

/** Calls that wait for a server to come. */
@Rows("C35")
class WaitForServerTest {
    private static final CallOptions WAITING = CallOptions.DEFAULT.withWaitForServer(true);

    private final Desk desk = new Desk("s");

    @OnEveryBus
    void callsMadeBeforeTheirServerStartsSucceed(Scene scene) {
        RpcClient client = scene.client();
        Call<StringValue> asking = scene.call(client, ASK, text("ask"), WAITING);
        Call<StringValue> picking = scene.call(client, PICK, text("pick"), WAITING);
        MultiAnswers answers = scene.callAll(client, "all", WAITING.withExpectedResponses(1));

        scene.passMillis(500);
        scene.assertUnderWay(3);
        scene.server(scene.process(), "s", serve(ASK, desk), bid(1, desk), serve(ALL, desk));
        scene.passMillis(200);
        assertThat(asking.answer()).isEqualTo(text("s: ask"));
        assertThat(answers.byServer()).containsOnlyKeys("s");
        scene.passMillis(200);

        assertThat(picking.answer()).isEqualTo(text("s: pick"));
        assertThat(desk.asked()).containsExactlyInAnyOrder("ask", "pick", "all");
        scene.assertQuiet();
    }

    @OnEveryBus(networks = Network.REDIS_LIKE)
    void whereTheBusCannotTellTheyAskAgainAfterTheSelection(Scene scene) {
        scene.redis().receiverCount(ReceiverCount.UNKNOWN);
        RpcClient client = scene.client();
        Call<StringValue> asking = scene.call(client, ASK, text("ask"), WAITING);
        Call<StringValue> picking = scene.call(client, PICK, text("pick"), WAITING);

        scene.passMillis(500);
        scene.server(scene.process(), "s", serve(ASK, desk), bid(1, desk));
        scene.passMillis(1000);

        assertThat(asking.answer()).isEqualTo(text("s: ask"));
        assertThat(picking.answer()).isEqualTo(text("s: pick"));
        assertThat(desk.asked()).containsExactlyInAnyOrder("ask", "pick");
    }

    @OnEveryBus
    void theyWaitUntilTheirDeadlineAtMost(Scene scene) {
        RpcClient client = scene.client();
        CallOptions options = WAITING.withTimeout(Duration.ofMillis(700));
        Call<StringValue> asking = scene.call(client, ASK, text("x"), options);
        Call<StringValue> picking = scene.call(client, PICK, text("x"), options);
        MultiAnswers answers = scene.callAll(client, "x", options);

        scene.passMillis(699);
        scene.assertUnderWay(3);
        scene.passMillis(1);

        asking.failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
        picking.failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
        assertThat(answers.all()).isEmpty();
        scene.assertQuiet();
    }

    @OnEveryBus
    void oneThatIsCanceledAsksNoMore(Scene scene) {
        Call<StringValue> asking = scene.call(scene.client(), ASK, text("x"), WAITING);
        scene.passMillis(100);

        asking.cancel();

        asking.failsWith(ErrorCode.CANCELED, "request canceled");
        scene.assertQuiet();
        scene.server(scene.process(), "s", serve(ASK, desk));
        scene.passMillis(1000);
        assertThat(desk.asked()).isEmpty();
    }
}
