package io.psrpc.internal.routing;

import io.psrpc.PsrpcException;
import io.psrpc.bus.BusTransport;
import io.psrpc.bus.BusTransport.Delivery;
import io.psrpc.bus.TransportSubscription;
import io.psrpc.internal.execution.EngineThread;
import io.psrpc.internal.routing.Route.Seat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Who listens to what: at most one broker subscription per address and delivery, however many listen. */
public final class Routes {
    private record Key(String address, Delivery delivery) {}

    private final BusTransport transport;
    private final RouteHome home;
    private final CompletionStage<Void> connected;
    private final Map<Key, Route> routes = new ConcurrentHashMap<>();

    public Routes(BusTransport transport, RouteHome home, CompletionStage<Void> connected) {
        this.transport = transport;
        this.home = home;
        this.connected = connected;
    }

    /** Listens to a channel; done when the broker has confirmed. On a failure nothing is left. */
    public CompletableFuture<Listening> listen(Address address, Delivery delivery, ChannelListener listener) {
        return listen(address.name(), address.key(), delivery, false, listener);
    }

    /** Listens to what other members of the group hand on; the address must have a {@link Address#keyName}. */
    public CompletableFuture<Listening> listenToHandedOn(String keyName, String key, ChannelListener listener) {
        return listen(keyName, key, Delivery.ONE_OF_GROUP, true, listener);
    }

    private CompletableFuture<Listening> listen(
            String name, String channelKey, Delivery delivery, boolean handedOn, ChannelListener listener) {
        Key key = new Key(name, delivery);
        Seat seat = new Seat(channelKey, listener);
        Route route = join(key, handedOn, seat);
        Place place = new Place(key, route, seat);
        return route.subscribed().handle((subscription, failure) -> {
            if (failure != null) {
                place.end();
                throw new CompletionException(PsrpcException.from(failure));
            }
            return place;
        });
    }

    private Route join(Key key, boolean handedOn, Seat seat) {
        while (true) {
            Route before = routes.get(key);
            if (before != null && before.add(seat)) {
                return before;
            }
            Route route = new Route(home, key.address(), key.delivery(), handedOn);
            route.add(seat);
            boolean isFirst =
                    before == null ? routes.putIfAbsent(key, route) == null : routes.replace(key, before, route);
            if (isFirst) {
                CompletionStage<Void> after = before == null ? connected : before.unsubscribed();
                after.whenComplete((done, failure) -> subscribe(route, key, failure));
                return route;
            }
        }
    }

    private void subscribe(Route route, Key key, @Nullable Throwable failure) {
        if (failure != null) {
            route.subscribed().completeExceptionally(failure);
            return;
        }
        CompletionStage<TransportSubscription> confirmation;
        try {
            confirmation = transport.subscribe(key.address(), key.delivery(), route);
        } catch (RuntimeException e) {
            route.subscribed().completeExceptionally(e);
            return;
        }
        EngineThread.whenComplete(confirmation, (subscription, refusal) -> {
            if (refusal != null) {
                route.subscribed().completeExceptionally(refusal);
            } else {
                route.subscribed().complete(subscription);
            }
        });
    }

    /** What is subscribed to, with the delivery where it is that of a group; in order. */
    public List<String> addresses() {
        return routes.keySet().stream()
                .map(key -> key.delivery == Delivery.ONE_OF_GROUP ? key.address + " (one of a group)" : key.address)
                .sorted()
                .toList();
    }

    public int size() {
        return routes.size();
    }

    /**
     * Ends several places at once, as {@link Listening#end} does one: if nobody else is on an address, all of them get what was on its
     * way there.
     */
    public CompletableFuture<Void> end(Collection<Listening> listenings) {
        Map<Route, List<Place>> leaving = new LinkedHashMap<>();
        for (Listening listening : listenings) {
            Place place = (Place) listening;
            leaving.computeIfAbsent(place.route, route -> new ArrayList<>()).add(place);
        }
        leaving.forEach(this::leave);
        return CompletableFuture.allOf(leaving.keySet().stream()
                .filter(Route::isEnding)
                .map(Route::unsubscribed)
                .toArray(CompletableFuture<?>[]::new));
    }

    private void leave(Route route, List<Place> places) {
        List<Seat> seats = places.stream()
                .filter(place -> place.left.compareAndSet(false, true))
                .map(place -> place.seat)
                .toList();
        if (!seats.isEmpty() && route.leave(seats)) {
            route.unsubscribe(() -> routes.remove(places.get(0).key, route));
        }
    }

    /** One listener's place on a route. */
    private final class Place implements Listening {
        private final Key key;
        private final Route route;
        private final Seat seat;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(Key key, Route route, Seat seat) {
            this.key = key;
            this.route = route;
            this.seat = seat;
        }

        @Override
        public CompletableFuture<Void> end() {
            return Routes.this.end(List.of(this));
        }
    }
}
