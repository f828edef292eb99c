package io.psrpc.interleavings.races;

import io.psrpc.SubscriptionOptions.Overflow;
import io.psrpc.internal.client.BidHistoryRace;
import io.psrpc.internal.local.LocalAddressRace;
import io.psrpc.internal.server.OccupancyRace;
import io.psrpc.internal.server.RequestMemoryRace;
import io.psrpc.internal.server.UndecidedRace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All of them. */
public final class Races {
    private Races() {}

    /** Machines with events that can come in any order. */
    public static List<Machine<?>> machines() {
        List<Machine<?>> machines = new ArrayList<>();
        Stream.of(UnaryCallSubject.Situation.values())
                .map(UnaryCallSubject::machine)
                .forEach(machines::add);
        machines.add(MultiCallSubject.machine());
        machines.add(AsyncMultiCallSubject.machine());
        Stream.of(ClaimSubject.Situation.values()).map(ClaimSubject::machine).forEach(machines::add);
        Stream.of(Overflow.values()).map(BufferedSubject::machine).forEach(machines::add);
        machines.add(GroupSubject.machine());
        machines.add(ListenedSubject.machine(true));
        machines.add(ListenedSubject.machine(false));
        machines.add(PublisherSubject.machine());
        machines.add(RouteSubject.machine(true));
        machines.add(RouteSubject.machine(false));
        machines.add(LifeSubject.machine());
        return machines;
    }

    /** Races of which the sides, too, can run in any order, one after the other. */
    public static List<NamedRace> free() {
        return List.of(
                new NamedRace("bid history", "[[joins], [confirms], [asks]]", BidHistoryRace::new),
                new NamedRace("occupancy", "[[leaves], [comes and goes], [closes]]", OccupancyRace::new),
                new NamedRace("undecided requests", "[[leaves], [leaves], [asks]]", UndecidedRace::new),
                new NamedRace("request memory", "[[keeps], [keeps], [keeps]]", RequestMemoryRace::new),
                new NamedRace("local address", "[[publishes], [publishes], [publishes twice]]", LocalAddressRace::new),
                RoomRace.race());
    }

    /** Races in which a thread waits for another. */
    public static List<NamedRace> waiting() {
        return Stream.of(
                        BlockingCallRace.races(false),
                        BlockingCallRace.races(true),
                        BlockingMultiCallRace.races(),
                        BlockingReaderRace.races(),
                        DrainRace.races())
                .flatMap(List::stream)
                .toList();
    }
}
