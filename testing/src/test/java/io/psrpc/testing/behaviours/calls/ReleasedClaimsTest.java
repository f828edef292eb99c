package io.psrpc.testing.behaviours.calls;

import static io.psrpc.testing.behaviours.calls.Trial.ASK;
import static io.psrpc.testing.behaviours.calls.Trial.PICK;
import static io.psrpc.testing.behaviours.calls.Trial.bid;
import static io.psrpc.testing.behaviours.calls.Trial.serve;
import static io.psrpc.testing.behaviours.calls.Trial.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ErrorCode;
import io.psrpc.PsrpcException;
import io.psrpc.Selection;
import io.psrpc.ServerOptions;
import io.psrpc.behaviours.Rows;
import io.psrpc.stub.RpcClient;
import io.psrpc.testing.Faults.Kind;
import io.psrpc.wire.ClaimResponse;
import io.psrpc.wire.Request;
import java.time.Duration;
import java.util.List;

/** Servers that have bid and are not chosen forget the request at once: no time passes here between the end and the check. */
@Rows("C42")
class ReleasedClaimsTest {
    private final Desk desk = new Desk("s");

    /** Two that bid and one that keeps the client waiting. */
    private RpcClient clientThatSelects(Scene scene) {
        scene.server(scene.process(), "one", bid(0.1f, desk));
        scene.server(scene.process(), "two", bid(0.2f, desk));
        scene.server(scene.process(), "silent", bid(-1, desk));
        return scene.client();
    }

    private static void assertClaims(Scene scene, int claims) {
        assertThat(scene.inventory().claims()).isEqualTo(claims);
    }

    private void assertReleased(Scene scene, List<ClaimResponse> grants) {
        scene.assertQuiet();
        assertThat(grants).extracting(ClaimResponse::getServerId).containsExactly("");
        assertThat(desk.asked()).isEmpty();
    }

    @OnEveryBus
    void losersAreReleasedByTheGrant(Scene scene) {
        RpcClient client = clientThatSelects(scene);
        Crew.Gate gate = scene.crew().gate();
        scene.server(scene.process(), "best", bid(0.9f, (ctx, request) -> {
            gate.pass();
            return text("best");
        }));

        Call<StringValue> call = scene.call(client, PICK, "x");
        scene.passMillis(199);
        assertClaims(scene, 3);
        scene.passMillis(1);

        assertClaims(scene, 0);
        assertThat(scene.inventory().handlers()).isOne();
        gate.open();
        assertThat(call.answer()).isEqualTo(text("best"));
        assertThat(desk.asked()).isEmpty();
    }

    @OnEveryBus
    void aCanceledCallReleasesItsBidders(Scene scene) {
        List<ClaimResponse> grants = scene.peer().grants(PICK);
        Call<StringValue> call = scene.call(clientThatSelects(scene), PICK, "x");
        assertClaims(scene, 2);

        call.cancel();
        call.failure();

        assertReleased(scene, grants);
    }

    @OnEveryBus
    void aCallWhoseTimeIsUpReleasesItsBidders(Scene scene) {
        List<ClaimResponse> grants = scene.peer().grants(PICK);
        CallOptions options = CallOptions.timeout(Duration.ofMillis(100));
        Call<StringValue> call = scene.call(clientThatSelects(scene), PICK, text("x"), options);
        assertClaims(scene, 2);

        // Their own timers would go off at this moment too, so they are counted by what they hear.
        scene.passMillis(100);

        call.failsWith(ErrorCode.DEADLINE_EXCEEDED, "request timed out");
        assertReleased(scene, grants);
    }

    @OnEveryBus
    void aClosedClientReleasesItsBidders(Scene scene) {
        List<ClaimResponse> grants = scene.peer().grants(PICK);
        RpcClient client = clientThatSelects(scene);
        Call<StringValue> call = scene.call(client, PICK, "x");
        assertClaims(scene, 2);

        client.close();

        call.failsWith(ErrorCode.CANCELED, "client is closed");
        assertReleased(scene, grants);
    }

    @OnEveryBus
    void aSelectorThatFailsReleasesTheBidders(Scene scene) {
        List<ClaimResponse> grants = scene.peer().grants(PICK);
        CallOptions options = CallOptions.selecting(Selection.DEFAULT.withSelector(bids -> {
            throw ErrorCode.NOT_FOUND.error("none will do");
        }));
        Call<StringValue> call = scene.call(clientThatSelects(scene), PICK, text("x"), options);
        assertClaims(scene, 2);

        scene.passMillis(200);

        call.failsWith(ErrorCode.NOT_FOUND, "none will do");
        assertReleased(scene, grants);
    }

    @OnEveryBus
    void whereNoBidCanBeChosenTheBiddersAreReleased(Scene scene) {
        List<ClaimResponse> grants = scene.peer().grants(PICK);
        CallOptions options = CallOptions.selecting(Selection.DEFAULT.withMinimumAffinity(0.5f));
        Call<StringValue> call = scene.call(clientThatSelects(scene), PICK, text("x"), options);
        assertClaims(scene, 2);

        scene.passMillis(1000);

        call.failsWith(ErrorCode.UNAVAILABLE, "no servers available (received 2 responses)");
        assertReleased(scene, grants);
    }

    @OnEveryBus
    void aSuccessFromElsewhereReleasesTheBidders(Scene scene) {
        Peer peer = scene.peer();
        List<ClaimResponse> grants = peer.grants(PICK);
        List<Request> requests = peer.requests(PICK);
        Call<StringValue> call = scene.call(clientThatSelects(scene), PICK, "x");
        assertClaims(scene, 2);

        peer.answer(requests.get(0), "peer", text("unasked"));

        assertThat(call.answer()).isEqualTo(text("unasked"));
        assertReleased(scene, grants);
    }

    @OnEveryBus
    void theBidderForAQueueRequestIsReleased(Scene scene) {
        List<ClaimResponse> grants = scene.peer().grants(ASK);
        scene.server(scene.process(), ServerOptions.builder().claimSkipping(() -> false), serve(ASK, desk));
        scene.faults().dropNext(Kind.CLAIM, 1);
        Call<StringValue> call = scene.call(scene.client(), ASK, "x");
        assertClaims(scene, 1);

        scene.passMillis(1000);

        call.failsWith(ErrorCode.UNAVAILABLE, "no response from servers");
        assertReleased(scene, grants);
    }

    @OnEveryBus
    void anAnswerToAQueueRequestNeedsNoRelease(Scene scene) {
        RpcClient client = scene.client();
        List<ClaimResponse> grants = scene.peer().grants(ASK);
        scene.server(scene.process(), "s", serve(ASK, (ctx, request) -> {
            throw ErrorCode.NOT_FOUND.error("no %s", request.getValue());
        }));
        // The first request of a client is negotiated.
        scene.call(client, ASK, "x").failsWith(ErrorCode.NOT_FOUND, "no x");
        assertThat(grants).extracting(ClaimResponse::getServerId).containsExactly("s");

        scene.call(client, ASK, "y").failsWith(ErrorCode.NOT_FOUND, "no y");

        assertThat(grants).hasSize(1);
        scene.assertQuiet();
    }

    @OnEveryBus
    void aGrantThatIsLostIsForgottenWithItsRequest(Scene scene) {
        scene.server(scene.process(), "s", bid(1, desk));
        scene.faults().dropNext(Kind.GRANT, 1);
        CallOptions options = CallOptions.timeout(Duration.ofMillis(400));

        Call<StringValue> call = scene.call(scene.client(), PICK, text("x"), options);
        scene.passMillis(399);
        assertClaims(scene, 1);
        scene.passMillis(1);

        assertThat(call.failure()).returns(ErrorCode.DEADLINE_EXCEEDED, PsrpcException::code);
        scene.assertQuiet();
        assertThat(desk.asked()).isEmpty();
    }
}
