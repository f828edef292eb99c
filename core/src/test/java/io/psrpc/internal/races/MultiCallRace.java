package io.psrpc.internal.races;

import com.google.protobuf.StringValue;
import io.psrpc.CallOptions;
import io.psrpc.ClientOptions;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Responses.End;
import io.psrpc.Topic;
import io.psrpc.internal.wire.Envelope;
import io.psrpc.internal.wire.MalformedFrameException;
import io.psrpc.internal.wire.RequestMessage;
import io.psrpc.stub.RpcClient;
import java.time.Duration;
import java.util.List;

/** One multi call over two servers, and everything that may happen to it. */
final class MultiCallRace extends Race {
    private final RpcClient client;
    private final Responses<StringValue> answers;
    private final String requestId;

    MultiCallRace() throws MalformedFrameException {
        client = RpcClient.create(
                bus, SERVICE, ClientOptions.builder().clientId("CLI").build());
        answers = client.requestAll(MULTI, Topic.NONE, HELLO, CallOptions.DEFAULT);
        Envelope envelope = Envelope.read(transport.published.get(0).bytes());
        requestId = RequestMessage.read(envelope.value(0)).requestId();
    }

    /** What may happen. */
    enum Event {
        FIRST_ANSWER,
        SECOND_ANSWER,
        FIRST_ANSWER_AGAIN,
        COUNTED,
        DEADLINE
    }

    void happen(Event event) {
        switch (event) {
            case FIRST_ANSWER, FIRST_ANSWER_AGAIN -> deliver(success(requestId, "first"));
            case SECOND_ANSWER -> deliver(error(requestId, "second"));
            case COUNTED -> transport.firstListener().onPublished(2);
            case DEADLINE -> time.advance(Duration.ofSeconds(3));
        }
    }

    private void deliver(byte[] frame) {
        transport.deliver("Svc|CLI|RES", frame);
    }

    /** Each server is heard once; "everyone" means both; nothing is left. */
    void check() {
        time.advance(Duration.ofSeconds(5));
        List<String> servers = answers.toList().stream().map(Response::serverId).toList();
        check(servers.stream().distinct().count() == servers.size(), "answers: " + servers + " (expected: none twice)");
        End end = answers.end();
        check(end != End.EVERYONE_ANSWERED || servers.size() == 2, end + " with " + servers);
        check(end == End.EVERYONE_ANSWERED || end == End.DEADLINE, "end: " + end);
        check(bus.inventory().calls() == 0, "left: " + bus.inventory());
        check(time.pending() == 0, "timers: " + time.pending() + " (expected: none)");
        client.close();
    }
}
