package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import com.google.protobuf.StringValue;
import io.psrpc.ServerOptions;
import io.psrpc.Topic;
import io.psrpc.internal.bus.Inventory;
import io.psrpc.internal.server.EngineServer;
import io.psrpc.internal.wire.WireProfile;
import io.psrpc.stub.Binding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A thread that waits until its server has nothing to do, and a request on its way through. */
final class DrainRace extends WaitingRace<DrainRace.Event> {
    /** What may happen meanwhile; what is left is lost and handled at last. */
    enum Event {
        GRANTED,
        LOST,
        EXPIRED,
        HANDLED,
        INTERRUPTED,
        SHUT_DOWN
    }

    private final StillBus still = new StillBus();
    private final HandTasks handlers = new HandTasks();
    private final AtomicInteger runs = new AtomicInteger();
    private final EngineServer server;
    private volatile boolean isDrained;

    private DrainRace(List<List<Event>> bringers) {
        super(bringers);
        server = EngineServer.create(
                still.bus,
                StillBus.SERVICE,
                ServerOptions.builder().serverId("SRV").executor(handlers).build());
        server.register(Binding.unary(StillBus.QUEUE, Topic.NONE, (ctx, request) -> {
            runs.incrementAndGet();
            return StringValue.of("done");
        }));
        long now = StillTime.START_NANOS;
        still.deliver(
                "Svc|Queue|REQ",
                still.writer.request(
                        "",
                        "REQ",
                        "CLI",
                        now,
                        now + 3_000_000_000L,
                        false,
                        false,
                        Map.of(),
                        StillBus.HELLO,
                        WireProfile.CURRENT));
    }

    static List<NamedRace> races() {
        return List.of(
                race(List.of(List.of(Event.GRANTED, Event.HANDLED))),
                race(List.of(List.of(Event.LOST), List.of(Event.EXPIRED))),
                race(List.of(List.of(Event.GRANTED, Event.HANDLED), List.of(Event.LOST))),
                race(List.of(List.of(Event.GRANTED, Event.HANDLED), List.of(Event.SHUT_DOWN))),
                race(List.of(List.of(Event.GRANTED, Event.HANDLED), List.of(Event.INTERRUPTED))));
    }

    private static NamedRace race(List<List<Event>> bringers) {
        return new NamedRace("draining", bringers.toString(), () -> new DrainRace(bringers));
    }

    @Override
    void await() {
        isDrained = server.drain(Duration.ofSeconds(10));
    }

    @Override
    void awaitReady() {}

    @Override
    void happen(Event event) {
        switch (event) {
            case GRANTED -> grant("SRV");
            case LOST -> grant("other");
            case EXPIRED -> still.time.advance(Duration.ofSeconds(3));
            case HANDLED -> handlers.runAll();
            case SHUT_DOWN -> server.shutdownNow();
            case INTERRUPTED -> throw new AssertionError("made by the race");
        }
    }

    private void grant(String serverId) {
        still.deliver("Svc|Queue|RCLAIM", still.writer.grant("", "REQ", serverId));
    }

    @Override
    boolean isInterrupt(Event event) {
        return event == Event.INTERRUPTED;
    }

    @Override
    void end() {
        grant("other");
        handlers.runAll();
    }

    /** Draining ends well, with the request run or lost, or is interrupted. */
    @Override
    void check(Set<Event> happened) {
        expect("drained or interrupted", isDrained, failure() == null);
        expect(failure() == null || happened.contains(Event.INTERRUPTED), "failure: " + failure());
        boolean mustRun = happened.equals(Set.of(Event.GRANTED, Event.HANDLED));
        expect(runs.get() <= 1 && (runs.get() == 1 || !mustRun), "runs: " + runs);
        expect("requests and bids left", server.inventory(), Inventory.EMPTY);
        server.shutdownNow();
        // The time that draining may take is kept until then by one that was interrupted.
        still.time.advance(Duration.ofSeconds(10));
        still.checkEmpty();
    }
}
