package io.psrpc.testing.contract;

import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.MessageBus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** What one test works with: connections to one broker, with names that no other test uses. Closing it closes them. */
final class Stage implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final String RUN = Long.toString(System.nanoTime(), Character.MAX_RADIX);

    private final Witness witness;
    private final Supplier<BusTransport> connect;
    private final String prefix = "contract_" + RUN + '_' + NUMBERS.incrementAndGet() + '_';
    private final List<Party> parties = new ArrayList<>();
    private final List<MessageBus> buses = new ArrayList<>();

    Stage(Witness witness, Supplier<BusTransport> connect) {
        this.witness = witness;
        this.connect = connect;
    }

    Witness witness() {
        return witness;
    }

    /** A name that no other test uses. */
    String name(String name) {
        return prefix + name;
    }

    /** A new connection, started. */
    Party party() {
        Party party = unstarted();
        witness.await(
                party.transport().start(party.host()),
                "the start of " + party.transport().name());
        return party;
    }

    /** A new connection, not started. */
    Party unstarted() {
        Party party = new Party(witness, connect.get(), new ContractHost(witness), prefix);
        parties.add(party);
        return party;
    }

    /** A new connection with a bus over it. */
    MessageBus bus() {
        return bus(BusOptions.DEFAULT);
    }

    MessageBus bus(BusOptions options) {
        MessageBus bus = MessageBus.over(connect.get(), options);
        buses.add(bus);
        return bus;
    }

    /** Runs on a thread of its own. */
    <T> CompletableFuture<T> run(Callable<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(action.call());
                    } catch (Throwable failure) {
                        result.completeExceptionally(failure);
                    }
                },
                "contract");
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    /** Closes all connections, and fails where something has happened that must not. */
    @Override
    public void close() {
        buses.forEach(MessageBus::close);
        parties.forEach(party -> party.transport().close());
        parties.forEach(party -> party.host().close());
        witness.assertNothingViolated();
    }
}
