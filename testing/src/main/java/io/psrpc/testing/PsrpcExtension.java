package io.psrpc.testing;

import io.psrpc.bus.BusOptions;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.MessageBus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh in-process bus for each test. A test that leaves a call, timer, subscription, handler or thread of the bus behind fails; close
 * clients, servers and subscriptions in the test.
 *
 * <pre>{@code
 * @RegisterExtension
 * final PsrpcExtension psrpc = PsrpcExtension.create();
 * }</pre>
 *
 * <p>Belongs in an instance field: each test instance has its own.
 */
public final class PsrpcExtension implements BeforeEachCallback, AfterEachCallback {
    private boolean isManual;
    private @Nullable Scene scene;

    private PsrpcExtension() {}

    /** In real time, without faults. */
    public static PsrpcExtension create() {
        return new PsrpcExtension();
    }

    /**
     * Has the bus's time stand still until the test advances {@link #time()}. What waits for a while waits by that time: a server that
     * is closed while a handler of its runs waits until the handler ends, or the test advances; {@code shutdownNow} does not wait.
     */
    public PsrpcExtension withManualTime() {
        isManual = true;
        return this;
    }

    /** The test's bus, which is closed after the test. */
    public MessageBus bus() {
        return scene().bus;
    }

    /** The faults between the bus and its broker; none at first. */
    public Faults faults() {
        return scene().faults;
    }

    /**
     * The bus's time.
     *
     * @throws IllegalStateException without {@link #withManualTime()}
     */
    public ManualTime time() {
        ManualTime time = scene().time;
        if (time == null) {
            throw new IllegalStateException("time: the system's (expected: withManualTime())");
        }
        return time;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        scene = new Scene(isManual ? new ManualTime() : null);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Scene last = scene();
        scene = null;
        last.close(context.getExecutionException().isPresent());
    }

    private Scene scene() {
        Scene current = scene;
        if (current == null) {
            throw new IllegalStateException(
                    "bus: none (expected: used inside a test, from a field with @RegisterExtension)");
        }
        return current;
    }

    /** What one test works with. */
    private static final class Scene {
        private final LeakCheck leaks = new LeakCheck(Duration.ofSeconds(2));
        private final Faults faults = Faults.create();
        private final @Nullable ManualTime time;
        private final MessageBus bus;

        Scene(@Nullable ManualTime time) {
            this.time = time;
            BusOptions.Builder options = BusOptions.builder();
            if (time != null) {
                options.time(time);
            }
            bus = MessageBus.over(faults.around(LocalBroker.create().transport()), options.build());
        }

        void close(boolean hasFailed) {
            try {
                if (!hasFailed) {
                    leaks.checkBus(bus, time);
                }
            } finally {
                bus.close();
            }
            if (!hasFailed) {
                leaks.checkThreads();
            }
        }
    }
}
