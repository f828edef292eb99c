package io.psrpc.benchmarks.micro;

import com.google.protobuf.ByteString;
import io.psrpc.benchmarks.echo.Payload;
import io.psrpc.benchmarks.echo.QueueEchoClient;
import io.psrpc.benchmarks.echo.QueueEchoServer;
import io.psrpc.benchmarks.echo.SingleEchoClient;
import io.psrpc.benchmarks.echo.SingleEchoServer;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole calls on the in-process bus with {@code Runnable::run}: all the code of a call, and no thread but the caller's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueueCallBenchmark {
    private final MessageBus bus =
            LocalMessageBus.create(BusOptions.builder().executor(Runnable::run).build());
    private final Payload payload =
            Payload.newBuilder().setBody(ByteString.copyFrom(new byte[100])).build();
    private final QueueEchoClient queue = QueueEchoClient.create(bus);
    private final SingleEchoClient single = SingleEchoClient.create(bus);

    /** Serves both methods. */
    @Setup
    public void serve() {
        QueueEchoServer.start(bus, (ctx, request) -> request);
        SingleEchoServer.start(bus, (ctx, request) -> request);
    }

    /** Ends the servers and the clients too. */
    @TearDown
    public void close() {
        bus.close();
    }

    /** A queue call whose claim is skipped; the caller blocks. */
    @Benchmark
    public Payload queueBlocking() {
        return queue.echo(payload);
    }

    /** The same, by a future. */
    @Benchmark
    public Payload queueAsync() {
        return queue.async().echo(payload).join();
    }

    /** A call that needs no claim; the caller blocks. */
    @Benchmark
    public Payload singleBlocking() {
        return single.echo(payload);
    }
}
