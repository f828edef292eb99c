package io.psrpc.interleavings.races;

import static io.psrpc.interleavings.races.Race.expect;

import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.Turn;
import io.psrpc.internal.routing.Address;
import io.psrpc.internal.routing.ChannelListener;
import io.psrpc.internal.routing.Inbound;
import io.psrpc.internal.routing.Listening;
import io.psrpc.internal.subscription.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** One address, two that come and go, and a broker that confirms late. */
final class RouteSubject implements Subject<RouteSubject.Event> {
    /** What may happen. */
    enum Event {
        JOINED,
        LEFT,
        CONFIRMED,
        FRAME
    }

    private final HandTasks broker = new HandTasks();
    private final StillBus still = new StillBus(Runnable::run, broker);
    private final Address address = still.bus.address(new BusChannel("news", "news", ""));
    private final Queue<Place> places = new ConcurrentLinkedQueue<>();
    private final Queue<CompletableFuture<Void>> ends = new ConcurrentLinkedQueue<>();

    /** @param isConfirmed the first has been confirmed */
    RouteSubject(boolean isConfirmed) {
        happen(Event.JOINED);
        if (isConfirmed) {
            broker.runAll();
        }
    }

    static Machine<Event> machine(boolean isConfirmed) {
        String name = "route, " + (isConfirmed ? "confirmed" : "not confirmed");
        return new Machine<>(name, List.of(Event.values()), () -> new RouteSubject(isConfirmed));
    }

    @Override
    public void happen(Event event) {
        switch (event) {
            case JOINED -> join();
            case LEFT -> leave();
            case CONFIRMED -> broker.runOne();
            case FRAME -> deliver();
        }
    }

    private void join() {
        Heard heard = new Heard();
        places.add(new Place(still.bus.routes().listen(address, Delivery.EVERY_SUBSCRIBER, heard), heard));
    }

    private void leave() {
        Place place = places.poll();
        if (place != null) {
            ends.add(place.listening.thenCompose(Listening::end));
        }
    }

    private void deliver() {
        byte[] frame = still.writer.update("", StillBus.HELLO, Updates.NO_NONCE);
        still.transport.deliver(address.name(), frame, Turn.HELD);
    }

    /** Whoever has joined and not left is confirmed and hears; when all have left, nothing is left. */
    @Override
    public void check(List<Event> happened) {
        broker.runAll();
        List<Place> here = new ArrayList<>(places);
        here.forEach(place -> place.heard.frames.set(0));
        deliver();
        here.forEach(place -> expect("frames heard", place.heard.frames.get(), 1));
        here.forEach(place -> expect("confirmed", place.listening.isDone(), true));
        here.forEach(place -> leave());
        broker.runAll();
        ends.forEach(end -> expect("end confirmed", end.isDone(), true));
        still.checkEmpty();
    }

    private record Place(CompletableFuture<Listening> listening, Heard heard) {}

    private static final class Heard implements ChannelListener {
        private final AtomicInteger frames = new AtomicInteger();

        @Override
        public boolean onEnvelope(Inbound inbound) {
            frames.incrementAndGet();
            return true;
        }
    }
}
