package io.psrpc.testing.contract;

import io.psrpc.bus.BusTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the author of a transport tells, and what each test works with. */
abstract class Contract {
    private Stage stage;

    Contract() {
        stage = newStage();
    }

    /**
     * A new connection to the broker, not started. All connections of one test meet at one broker; the broker may be that of all tests,
     * since each test makes up names of its own. The contract starts what it gets, and closes it.
     */
    protected abstract BusTransport connect();

    /** How long a test waits for what must happen before it fails. Default 10 s; a test that passes does not wait. */
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    /**
     * The way to take the broker away from its connections. Default empty: then the tests of lost connections are left out, and the
     * contract does not say what a transport of yours does when one is lost.
     */
    protected Optional<Outage> outage() {
        return Optional.empty();
    }

    /**
     * What the closed connections of this test still hold: subscriptions at the broker, sockets, threads. Asked after they have been
     * closed, until it is empty or the patience is over. What {@link #connect} has lent to them does not belong here. Default: nothing
     * is known.
     */
    protected List<String> leftOpen() {
        return List.of();
    }

    @BeforeEach
    final void beginContractTest() {
        stage = newStage();
    }

    @AfterEach
    final void endContractTest() {
        end(stage);
    }

    final Stage stage() {
        return stage;
    }

    final Stage newStage() {
        return new Stage(new Witness(patience()), this::connect);
    }

    /** Closes what a test has worked with; nothing must be left of it. */
    final void end(Stage ending) {
        ending.close();
        long end = System.nanoTime() + patience().toNanos();
        List<String> left = leftOpen();
        while (!left.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("left open: " + left + " (expected: nothing, after close)");
            }
            Thread.yield();
            left = leftOpen();
        }
    }
}
