package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.NO_TEXT;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static io.psrpc.testing.behaviours.calls.Trial.withBytesIn;
import static io.psrpc.testing.behaviours.calls.Trial.withBytesOut;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo.Routing;
import io.psrpc.PsrpcException;
import io.psrpc.Response;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Payloads that are not what the method says. */
class MalformedMessageTest {
    private final Desk desk = new Desk("s");

    private static void assertMalformedRequest(PsrpcException failure, String method) {
        assertThat(failure)
                .returns(ErrorCode.MALFORMED_REQUEST, PsrpcException::code)
                .returns(true, PsrpcException::isFromPeer)
                .hasMessageStartingWith("request of Trial." + method + ": not a google.protobuf.StringValue");
    }

    @OnEveryBus
    @Rows("C15")
    void aQueueRequestIsRefusedInsteadOfRun(Scene scene) {
        scene.server(scene.process(), "s", serve(ASK, desk));

        Call<StringValue> call = scene.call(scene.client(), withBytesIn(ASK), NO_TEXT, CallOptions.DEFAULT);

        assertMalformedRequest(call.failure(), "Ask");
        assertThat(scene.faults().count(Kind.CLAIM)).isZero();
        assertThat(desk.asked()).isEmpty();
    }

    @OnEveryBus
    @Rows("C15")
    void aQueueRequestIsRefusedWhereClaimsAreNotSkipped(Scene scene) {
        scene.server(scene.process(), ServerOptions.builder().claimSkipping(() -> false), serve(ASK, desk));

        Call<StringValue> call = scene.call(scene.client(), withBytesIn(ASK), NO_TEXT, CallOptions.DEFAULT);

        assertMalformedRequest(call.failure(), "Ask");
        assertThat(scene.faults().count(Kind.CLAIM)).isZero();
        assertThat(desk.asked()).isEmpty();
    }

    @OnEveryBus
    @Rows("C15")
    void anAffinityRequestIsRefusedWhileTheClientSelects(Scene scene) {
        scene.server(scene.process(), "s", bid(1, desk));
        scene.server(scene.process(), "t", bid(1, desk));

        Call<StringValue> call = scene.call(scene.client(), withBytesIn(PICK), NO_TEXT, CallOptions.DEFAULT);
        if (scene.network() == Network.NATS_LIKE) {
            scene.passMillis(999);
            assertThat(scene.faults().count(Kind.RESPONSE)).isEqualTo(2);
            scene.assertUnderWay(1);
            scene.passMillis(1);
        }
        scene.assertUnderWay(0);

        assertMalformedRequest(call.failure(), "Pick");
        assertThat(scene.faults().count(Kind.CLAIM)).isZero();
        assertThat(desk.asked()).isEmpty();
    }

    @OnEveryBus
    @Rows("C15")
    void aBidOfSomeoneWhoCanReadItWins(Scene scene) {
        MethodDefinition<BytesValue, StringValue> pickBytes = withBytesIn(PICK);
        scene.server(scene.process(), "s", bid(1, desk));
        Binding reading = Binding.unary(pickBytes, Topic.NONE, (ctx, request) -> text("read"), (ctx, request) -> 0.1f);
        scene.server(scene.process(), "reading", reading);

        Call<StringValue> call = scene.call(scene.client(), pickBytes, NO_TEXT, CallOptions.DEFAULT);
        scene.passMillis(scene.network() == Network.NATS_LIKE ? 200 : 0);
        scene.assertUnderWay(0);

        assertThat(call.answer()).isEqualTo(text("read"));
    }

    @OnEveryBus(flavours = Flavour.ASYNC)
    @Rows("C15")
    void aMultiRequestIsRefusedByEachServer(Scene scene) {
        MethodDefinition<BytesValue, StringValue> allBytes = withBytesIn(ALL);
        scene.server(scene.process(), "s", serve(ALL, desk));
        scene.server(scene.process(), "t", serve(ALL, desk));

        List<Response<StringValue>> answers = scene.client()
                .requestAllAsync(
                        allBytes, Topic.NONE, NO_TEXT, CallOptions.DEFAULT.withExpectedResponses(2), answer -> {})
                .orTimeout(30, TimeUnit.SECONDS)
                .join();

        assertThat(answers).extracting(Response::serverId).containsExactlyInAnyOrder("s", "t");
        answers.forEach(answer -> assertMalformedRequest(answer.error().orElseThrow(), "All"));
        assertThat(desk.asked()).isEmpty();
    }

    private static Binding answeringBytes(MethodDefinition<StringValue, StringValue> method) {
        MethodDefinition<StringValue, BytesValue> bytesOut = withBytesOut(method);
        return method.info().routing() == Routing.AFFINITY
                ? Binding.unary(bytesOut, Topic.NONE, (ctx, request) -> NO_TEXT, (ctx, request) -> 1f)
                : Binding.unary(bytesOut, Topic.NONE, (ctx, request) -> NO_TEXT);
    }

    private static void assertMalformedResult(PsrpcException failure) {
        assertThat(failure)
                .returns(ErrorCode.MALFORMED_RESULT, PsrpcException::code)
                .returns(false, PsrpcException::isFromPeer)
                .hasMessageStartingWith("result of server s: not a google.protobuf.StringValue");
    }

    @OnEveryBus
    @Rows("C16")
    void aResultThatCannotBeReadFailsTheCall(Scene scene) {
        scene.server(scene.process(), "s", answeringBytes(ASK), answeringBytes(PICK));
        RpcClient client = scene.client();

        Call<StringValue> asking = scene.call(client, ASK, "x");
        Call<StringValue> picking = scene.call(client, PICK, "x");
        scene.passMillis(200);

        assertMalformedResult(asking.failure());
        assertMalformedResult(picking.failure());
        scene.assertQuiet();
    }

    @OnEveryBus
    @Rows("C16")
    void aResultThatCannotBeReadIsOneAnswerOfAMultiCall(Scene scene) {
        scene.server(scene.process(), "s", answeringBytes(ALL));
        scene.server(scene.process(), "good", serve(ALL, new Desk("good")));

        MultiAnswers answers = scene.callAll(scene.client(), "x", CallOptions.DEFAULT.withExpectedResponses(2));

        assertThat(answers.all()).hasSize(2).contains(new Response.Success<>("good", text("good: x")));
        assertThat(answers.all())
                .filteredOn(answer -> answer.serverId().equals("s"))
                .singleElement()
                .satisfies(answer -> assertMalformedResult(answer.error().orElseThrow()));
    }
}
