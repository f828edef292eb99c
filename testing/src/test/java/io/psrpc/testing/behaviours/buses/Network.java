package io.psrpc.testing.behaviours.buses;

import static org.assertj.core.api.Assertions.assertThat;

import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.MessageBus;
import io.psrpc.internal.bus.EngineBus;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.testing.Faults;
import io.psrpc.testing.ManualTime;
import io.psrpc.testing.transports.Dispatch;
import io.psrpc.testing.transports.FakeBroker;
import io.psrpc.testing.transports.NatsLikeBroker;
import io.psrpc.testing.transports.RedisLikeBroker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A broker with processes on it: a bus each, whose time stands still until the test advances it. Everything happens on the test's
 * thread ({@link #inline}), or as it comes ({@link #threaded}). Closing it fails if anything is left behind.
 */
final class Network implements AutoCloseable {
    private final ManualTime time = new ManualTime();
    private final Faults faults = Faults.create();
    private final boolean isInline;
    private final @Nullable FakeBroker fake;
    private final Supplier<BusTransport> connect;
    private final List<EngineBus> processes = new ArrayList<>();
    private final List<RawPeer> peers = new ArrayList<>();

    private Network(BrokerKind kind, Dispatch dispatch) {
        isInline = dispatch == Dispatch.INLINE;
        fake = kind.isFake() ? kind.fake(time, dispatch) : null;
        connect = fake == null ? BrokerKind.local() : fake::connect;
    }

    /** Delivers frames and calls handlers and listeners before a publish returns. */
    static Network inline(BrokerKind kind) {
        return new Network(kind, Dispatch.INLINE);
    }

    /** Delivers on reader threads where the broker has any, and calls users' code on the buses' own threads. */
    static Network threaded(BrokerKind kind) {
        return new Network(kind, Dispatch.READERS);
    }

    ManualTime time() {
        return time;
    }

    /** Between all processes and the broker. */
    Faults faults() {
        return faults;
    }

    /** The broker, which must not be the local one. */
    FakeBroker fake() {
        return Objects.requireNonNull(fake, "fake");
    }

    RedisLikeBroker redis() {
        return (RedisLikeBroker) fake();
    }

    NatsLikeBroker nats() {
        return (NatsLikeBroker) fake();
    }

    /** One more process. */
    MessageBus process() {
        return process(options -> options);
    }

    MessageBus process(UnaryOperator<BusOptions.Builder> options) {
        return processOver(connect.get(), options);
    }

    /** A process whose transport {@code around} has changed. */
    MessageBus processAround(UnaryOperator<BusTransport> around) {
        return processOver(around.apply(connect.get()), options -> options);
    }

    private MessageBus processOver(BusTransport transport, UnaryOperator<BusOptions.Builder> options) {
        BusOptions.Builder builder = BusOptions.builder().time(time);
        if (isInline) {
            builder.executor(Runnable::run);
        }
        MessageBus bus =
                MessageBus.over(faults.around(transport), options.apply(builder).build());
        processes.add((EngineBus) bus);
        return bus;
    }

    /** Somebody on the broker without an engine. */
    RawPeer peer() {
        RawPeer peer = new RawPeer(connect.get(), time);
        peers.add(peer);
        return peer;
    }

    /** What all processes hold together. */
    Inventory held() {
        int[] sums = new int[4];
        for (EngineBus process : processes) {
            Inventory held = process.inventory();
            sums[0] += held.calls();
            sums[1] += held.claims();
            sums[2] += held.handlers();
            sums[3] += held.subscriptions();
        }
        return new Inventory(sums[0], sums[1], sums[2], sums[3], time.pendingTimers());
    }

    private boolean isEmpty() {
        return held().equals(Inventory.EMPTY)
                && processes.stream().allMatch(process -> process.stats().pendingPublishes() == 0);
    }

    @Override
    public void close() {
        peers.forEach(RawPeer::close);
        try {
            Threads.await("nothing is left behind of " + held(), this::isEmpty);
        } finally {
            processes.forEach(EngineBus::close);
        }
        if (fake != null) {
            assertThat(fake.subscribedAddresses()).as("addresses subscribed").isEmpty();
        }
    }
}
