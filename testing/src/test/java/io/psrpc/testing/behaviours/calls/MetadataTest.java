package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ALL;
import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.RequestContext;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.Binding;
import io.psrpc.stub.RpcClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a handler knows about the caller. */
@Rows("C32")
class MetadataTest {
    private static final Map<String, String> PAIRS =
            Map.of("trace", "7", "naïve ключ", "💡", "empty", "", "", "no key");

    @OnEveryBus
    void pairsCallerAndTimeReachTheHandler(Scene scene) {
        Desk desk = new Desk("s");
        List<RequestContext> bidding = new CopyOnWriteArrayList<>();
        scene.server(
                scene.process(),
                "s",
                serve(ASK, desk),
                serve(ALL, desk),
                Binding.unary(PICK, Topic.NONE, desk, (ctx, request) -> {
                    bidding.add(ctx);
                    return 1f;
                }));
        RpcClient client =
                scene.client(ClientOptions.builder().clientId("CLI_me").build());
        CallOptions options = CallOptions.DEFAULT.withMetadata(PAIRS).withExpectedResponses(1);

        scene.passMillis(1234);
        Instant sent = scene.time().now();
        Call<StringValue> asking = scene.call(client, ASK, text("x"), options);
        Call<StringValue> picking = scene.call(client, PICK, text("x"), options);
        MultiAnswers answers = scene.callAll(client, "x", options);
        scene.passMillis(200);
        asking.answer();
        picking.answer();

        assertThat(answers.all()).hasSize(1);
        assertThat(desk.contexts()).hasSize(3).allSatisfy(ctx -> assertTold(ctx, sent));
        assertThat(desk.contexts())
                .extracting(ctx -> ctx.method().method())
                .containsExactlyInAnyOrder("Ask", "Pick", "All");
        assertThat(bidding).singleElement().satisfies(ctx -> assertTold(ctx, sent));
    }

    private static void assertTold(RequestContext ctx, Instant sent) {
        assertThat(ctx.metadata()).isEqualTo(PAIRS);
        assertThat(ctx.callerId()).isEqualTo("CLI_me");
        assertThat(ctx.sentAt()).isEqualTo(sent);
        assertThat(ctx.requestId()).startsWith("REQ_").hasSize(16);
        assertThat(ctx.topic()).isEqualTo(Topic.NONE);
    }

    @OnEveryBus
    void withoutPairsThereAreNone(Scene scene) {
        Desk desk = new Desk("s");
        scene.server(scene.process(), "s", serve(ASK, desk));

        scene.call(scene.client(), ASK, "x").answer();

        assertThat(desk.contexts())
                .singleElement()
                .satisfies(ctx -> assertThat(ctx.metadata()).isEmpty());
    }
}
