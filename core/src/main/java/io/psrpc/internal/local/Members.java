package io.psrpc.internal.local;

import io.psrpc.bus.BusTransport.Delivery;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who is subscribed to an address. Immutable.
 *
 * @param plain those that get every frame
 * @param group those of which one gets each frame
 * @param connections how many different connections they belong to
 */
record Members(List<LocalSubscription> plain, List<LocalSubscription> group, int connections) {
    static final Members NONE = new Members(List.of(), List.of(), 0);

    Members with(LocalSubscription added) {
        return added.delivery() == Delivery.ONE_OF_GROUP
                ? of(plain, Stream.concat(group.stream(), Stream.of(added)).toList())
                : of(Stream.concat(plain.stream(), Stream.of(added)).toList(), group);
    }

    Members without(LocalSubscription removed) {
        return of(without(plain, removed), without(group, removed));
    }

    boolean isEmpty() {
        return plain.isEmpty() && group.isEmpty();
    }

    private static Members of(List<LocalSubscription> plain, List<LocalSubscription> group) {
        long connections = Stream.concat(plain.stream(), group.stream())
                .map(LocalSubscription::connection)
                .distinct()
                .count();
        return new Members(plain, group, (int) connections);
    }

    private static List<LocalSubscription> without(List<LocalSubscription> list, LocalSubscription removed) {
        return list.stream().filter(one -> one != removed).toList();
    }
}
