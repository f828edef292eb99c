package io.psrpc.benchmarks.micro;

import io.psrpc.bus.BusChannel;
import io.psrpc.internal.wire.ChannelNames;
import io.psrpc.internal.wire.WireProfile;
import java.util.List;
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

/** Names of channels, worked out once per method and topic or per client. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChannelNamesBenchmark {
    private String service = "RoomService";
    private String method = "UpdateParticipant";
    private String clientId = "CLI_0123456789ab";
    private List<String> topic = List.of("eu-west", "RM_0123456789ab");

    /** Where requests of one topic go. */
    @Benchmark
    public BusChannel requests() {
        return ChannelNames.requests(WireProfile.CURRENT, service, method, topic, true);
    }

    /** Where a client hears answers. */
    @Benchmark
    public BusChannel responses() {
        return ChannelNames.responses(WireProfile.CURRENT, service, clientId);
    }
}
