package io.psrpc.benchmarks;

import com.google.protobuf.ByteString;
import io.psrpc.benchmarks.echo.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Keeps so many calls of one contender in flight, in a closed loop: each next call waits for an answer. A contender that stalls is
 * therefore asked less, and the percentiles are those of the calls that were made, not of arrivals at a steady rate.
 */
final class Load {
    private static final int PAYLOAD_BYTES = 100;
    /** Enough to keep both sides of a call busy. */
    private static final int ASYNC_DRIVERS = 2;

    private final Contender contender;
    private final Payload payload = payload();
    private final Window window = new Window();
    private final List<Lane> lanes = new ArrayList<>();
    private final CountDownLatch ended;
    private final List<Runnable> drivers = new ArrayList<>();

    private Load(Contender contender, Callers callers, int inFlight) {
        this.contender = contender;
        if (callers == Callers.ASYNC) {
            int count = Math.min(ASYNC_DRIVERS, inFlight);
            for (int i = 0; i < count; i++) {
                addAsyncDriver((inFlight + i) / count);
            }
        } else {
            for (int i = 0; i < inFlight; i++) {
                Lane lane = new Lane(window, free -> {});
                lanes.add(lane);
                drivers.add(() -> block(lane));
            }
        }
        ended = new CountDownLatch(drivers.size());
    }

    /** Runs one cell: some time without measuring, then some time with. */
    static Result run(Contender contender, Cell cell, long warmUpMillis, long millis) throws InterruptedException {
        Load load = new Load(contender, cell.callers(), cell.inFlight());
        load.start(cell.callers());
        load.hold(warmUpMillis);
        Allocation before = Allocation.now();
        long start = System.nanoTime();
        load.window.begin();
        load.hold(millis);
        long nanos = System.nanoTime() - start;
        long bytes = Allocation.now().bytesSince(before);
        load.window.end();
        load.ended.await();
        load.window.check();
        return Result.of(cell, nanos, bytes, load.latencies());
    }

    private void start(Callers callers) {
        for (Runnable driver : drivers) {
            Runnable task = () -> {
                try {
                    driver.run();
                } catch (Throwable e) {
                    window.fail(e);
                } finally {
                    ended.countDown();
                }
            };
            if (callers == Callers.VIRTUAL) {
                VirtualThreads.start(task);
            } else {
                new Thread(task, "caller").start();
            }
        }
    }

    /** Returns after so long, or as soon as there is nothing left to wait for. */
    private void hold(long millis) throws InterruptedException {
        if (ended.await(millis, TimeUnit.MILLISECONDS)) {
            window.check();
        }
    }

    private void block(Lane lane) {
        while (!window.isOver()) {
            lane.begin();
            contender.call(payload);
            lane.accept(null, null);
        }
    }

    private void addAsyncDriver(int inFlight) {
        BlockingQueue<Lane> free = new ArrayBlockingQueue<>(inFlight);
        for (int i = 0; i < inFlight; i++) {
            Lane lane = new Lane(window, free::add);
            lanes.add(lane);
            free.add(lane);
        }
        drivers.add(() -> drive(free, inFlight));
    }

    private void drive(BlockingQueue<Lane> free, int inFlight) {
        try {
            while (!window.isOver()) {
                Lane lane = free.take();
                lane.begin();
                contender.callAsync(payload, lane);
            }
            for (int i = 0; i < inFlight; i++) {
                free.take();
            }
        } catch (InterruptedException e) {
            window.fail(e);
        }
    }

    private Histogram latencies() {
        Histogram all = Lane.emptyHistogram();
        lanes.forEach(lane -> all.add(lane.histogram()));
        return all;
    }

    private static Payload payload() {
        byte[] body = new byte[PAYLOAD_BYTES];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) i;
        }
        return Payload.newBuilder().setBody(ByteString.copyFrom(body)).build();
    }
}
