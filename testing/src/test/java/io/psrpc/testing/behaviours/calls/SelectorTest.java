package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Selection;
import io.psrpc.Selection.Bid;
import io.psrpc.Selection.ServerSelector;
import io.psrpc.behaviours.Rows;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Choosing a server by hand. */
@Rows("C07")
class SelectorTest {
    private final List<List<Bid>> shown = new CopyOnWriteArrayList<>();
    private final Desk poor = new Desk("poor");
    private final Desk fair = new Desk("fair");
    private final Desk good = new Desk("good");

    private Bid lowest(List<Bid> bids) {
        shown.add(bids);
        return bids.stream()
                .min(Comparator.comparingDouble(Bid::affinity))
                .orElseThrow(() -> ErrorCode.NOT_FOUND.error("none of %s suits", bids.size()));
    }

    @OnEveryBus
    void getsEveryKeptBidAndItsChoiceIsCalled(Scene scene) {
        scene.server(scene.process(), "poor", bid(0.2f, poor));
        scene.server(scene.process(), "fair", bid(0.5f, fair));
        scene.server(scene.process(), "good", bid(0.9f, good));

        Call<StringValue> call = scene.call(
                scene.client(),
                PICK,
                text("x"),
                CallOptions.selecting(
                        Selection.DEFAULT.withMinimumAffinity(0.3f).withSelector(this::lowest)));
        scene.passMillis(200);

        assertThat(call.answer()).isEqualTo(text("fair: x"));
        assertThat(shown).hasSize(1);
        assertThat(shown.get(0)).containsExactlyInAnyOrder(new Bid("fair", 0.5f), new Bid("good", 0.9f));
        assertThat(fair.asked()).containsExactly("x");
        assertThat(good.asked()).isEmpty();
    }

    @OnEveryBus
    void getsAnEmptyListWhenThereIsNoBidAndItsFailureIsTheCalls(Scene scene) {
        scene.server(scene.process(), "poor", bid(-1f, poor));

        Call<StringValue> call = select(scene, this::lowest);
        scene.passMillis(999);
        assertThat(shown).isEmpty();
        scene.passMillis(1);

        call.failsWith(ErrorCode.NOT_FOUND, "none of 0 suits");
        assertThat(shown).containsExactly(List.of());
    }

    @OnEveryBus
    void getsAnEmptyListWhenNoBidIsKept(Scene scene) {
        scene.server(scene.process(), "poor", bid(0f, poor));

        Call<StringValue> call = select(scene, this::lowest);
        scene.passMillis(1000);

        call.failsWith(ErrorCode.NOT_FOUND, "none of 0 suits");
    }

    @OnEveryBus
    void aFailureOfAnotherKindIsUnknown(Scene scene) {
        scene.server(scene.process(), "poor", bid(0.1f, poor));
        IllegalStateException cause = new IllegalStateException("cannot choose");

        Call<StringValue> call = select(scene, bids -> {
            throw cause;
        });
        scene.passMillis(200);

        assertThat(call.failure())
                .hasMessage("cannot choose")
                .hasCause(cause)
                .returns(ErrorCode.UNKNOWN, PsrpcException::code)
                .returns(false, PsrpcException::isFromPeer);
        assertThat(poor.asked()).isEmpty();
        scene.assertQuiet();
    }

    private static Call<StringValue> select(Scene scene, ServerSelector selector) {
        CallOptions options = CallOptions.selecting(Selection.DEFAULT.withSelector(selector));
        return scene.call(scene.client(), PICK, text("x"), options);
    }
}
