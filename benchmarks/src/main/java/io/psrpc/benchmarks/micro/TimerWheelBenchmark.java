package io.psrpc.benchmarks.micro;

import io.psrpc.internal.time.TimerWheel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A call's timer: scheduled, and cancelled long before it is due, among many that stay. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TimerWheelBenchmark {
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    /** None is due while this runs, and all buckets of the wheel have their share. */
    private static final Duration FAR = Duration.ofHours(1);

    /** How many stay. */
    @Param({"0", "100000"})
    public int pending;

    private final TimerWheel wheel = new TimerWheel();

    /** Schedules those that stay. */
    @Setup(Level.Trial)
    public void fill() {
        for (int i = 0; i < pending; i++) {
            wheel.schedule(FAR.plusMillis(i), () -> {});
        }
    }

    /** Ends the timer. */
    @TearDown(Level.Trial)
    public void close() {
        wheel.close();
    }

    /** One timer, there and away. */
    @Benchmark
    public boolean scheduleAndCancel() {
        return wheel.schedule(DEADLINE, () -> {}).cancel();
    }
}
