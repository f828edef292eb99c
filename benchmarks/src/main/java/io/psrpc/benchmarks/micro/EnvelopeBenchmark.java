package io.psrpc.benchmarks.micro;

import com.google.protobuf.ByteString;
import io.psrpc.benchmarks.echo.Payload;
import io.psrpc.internal.wire.Envelope;
import io.psrpc.internal.wire.EnvelopeWriter;
import io.psrpc.internal.wire.MalformedFrameException;
import io.psrpc.internal.wire.RequestMessage;
import io.psrpc.internal.wire.ResponseMessage;
import io.psrpc.internal.wire.WireProfile;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Frames with a payload of 100 bytes, written and read. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EnvelopeBenchmark {
    private static final String REQUEST_ID = "REQ_0123456789ab";
    private static final String CLIENT_ID = "CLI_0123456789ab";
    private static final String SERVER_ID = "SRV_0123456789ab";
    private static final long SENT_AT = 1_800_000_000_000_000_000L;
    private static final long EXPIRY = SENT_AT + 3_000_000_000L;

    private static final EnvelopeWriter WRITER = new EnvelopeWriter(0);

    private final Payload payload =
            Payload.newBuilder().setBody(ByteString.copyFrom(new byte[100])).build();
    private final byte[] request = request(payload);
    private final byte[] response = response(payload);

    /** A client's request. */
    @Benchmark
    public byte[] writeRequest() {
        return request(payload);
    }

    private static byte[] request(Payload payload) {
        return WRITER.request(
                "", REQUEST_ID, CLIENT_ID, SENT_AT, EXPIRY, false, true, Map.of(), payload, WireProfile.CURRENT);
    }

    /** A server's answer. */
    @Benchmark
    public byte[] writeResponse() {
        return response(payload);
    }

    private static byte[] response(Payload payload) {
        return WRITER.response(REQUEST_ID, SERVER_ID, SENT_AT, payload, 1, WireProfile.CURRENT);
    }

    /** The envelope, and the request in it without its payload. */
    @Benchmark
    public RequestMessage readRequest() throws MalformedFrameException {
        return RequestMessage.read(Envelope.read(request).value(Integer.MAX_VALUE));
    }

    /** The envelope, and the answer in it without its payload. */
    @Benchmark
    public ResponseMessage readResponse() throws MalformedFrameException {
        return ResponseMessage.read(Envelope.read(response).value(Integer.MAX_VALUE));
    }
}
