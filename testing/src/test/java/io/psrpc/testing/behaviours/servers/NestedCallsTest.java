package io.psrpc.testing.behaviours.servers;

import static io.psrpc.testing.behaviours.servers.Outcome.answerOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.Topic;
import io.psrpc.behaviours.Rows;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.RpcClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;

/** More handlers than the pool of Java 17 has threads wait for other handlers on it. Time stands still, so they wait for ever. */
@Timeout(60)
@Rows("C38")
class NestedCallsTest {
    private static final int POOL = 256;
    private static final int CALLS = 300;

    @OnEveryBus
    void handlersThatWaitForHandlersOfTheSamePoolEnd(Scene scene) {
        Gate gate = new Gate();
        MessageBus process = scene.process();
        RpcClient inner = scene.client(process);
        scene.server(
                process,
                "SRV_1",
                Store.serve(Store.LOCK, (ctx, request) -> Store.text("inner")),
                Store.serve(Store.FETCH, (ctx, request) -> {
                    gate.pass();
                    return call(scene, inner, request);
                }));
        RpcClient client = scene.client(scene.process());
        List<CompletableFuture<StringValue>> calls = Stream.generate(() -> scene.call(client, Store.FETCH, ""))
                .limit(CALLS)
                .toList();
        gate.await(POOL);

        gate.open();

        for (CompletableFuture<StringValue> call : calls) {
            assertThat(answerOf(call)).isEqualTo("inner");
        }
    }

    /** On the handler's own thread. */
    private static StringValue call(Scene scene, RpcClient inner, StringValue request) {
        return scene.flavour() == Flavour.BLOCKING
                ? inner.request(Store.LOCK, Topic.NONE, request, CallOptions.DEFAULT)
                : inner.requestAsync(Store.LOCK, Topic.NONE, request, CallOptions.DEFAULT)
                        .join();
    }
}
